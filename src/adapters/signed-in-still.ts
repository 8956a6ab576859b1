/** What undo leaves: who took the profiles of a session back, or the names of the Dashboard, is signed in all the same. */
import {existsSync} from 'node:fs'
import {decode} from '../files/bytes.js'
import {removeLine} from '../files/path-lines.js'
import type {PlannedFile} from '../files/plan.js'
import {shownPath} from '../files/shown-path.js'
import type {Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say} from '../text/safe-text.js'
import {word} from '../text/shell.js'
import {parseDocument} from '../aws-files/document.js'
import {tokenPath} from '../aws-files/sso-cache.js'

export async function signedInStill(
  files: readonly PlannedFile[],
  home: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly Problem[]> {
  const hadNames = files.some(
    ({role, before, after}) => role === 'service' && hasOrg(before) && !hasOrg(after),
  )
  return [...ofSessions(files, home), ...(hadNames ? await ofDashboard(home, env) : [])]
}

const hasOrg = (bytes: Uint8Array): boolean => /^org:/m.test(Buffer.from(bytes).toString('utf8'))

async function ofDashboard(home: string, env: NodeJS.ProcessEnv): Promise<readonly Problem[]> {
  const [{dashboardEndpoints}, {readDashboardUser, serverlessRcPath}] = await Promise.all([
    import('../dashboard/endpoints.js'),
    import('../service/serverless-rc.js'),
  ])
  try {
    const {stage} = dashboardEndpoints(env)
    if (!(await readDashboardUser(home, stage))) return []
    const path = await serverlessRcPath(home, stage)
    return [
      {
        code: 'SIGN_IN_STAYS',
        what: say`The sign-in to the Serverless Dashboard stays, in ${shownPath(path, home)}: it is no line of the service.`,
        why: say`The app, the Provider and its role, where they were made, stay at the Dashboard and at AWS as well.`,
        nextSteps: [
          say`To delete the Provider or the app: https://app.serverless.com/. To delete the role: delete its stack, SFSetup-…, in CloudFormation.`,
          say`To delete it here, with all that Serverless Framework keeps in this file: \`${removeLine(path)}\`.`,
        ],
      },
    ]
  } catch {
    // A file that is not understood is told where somebody is to sign in.
    return []
  }
}

/** Of the sessions that would stand in no file any more, those whose sign-in is in the cache. */
function ofSessions(files: readonly PlannedFile[], home: string): readonly Problem[] {
  return files.flatMap(({role, before, after}) => {
    if (role !== 'config') return []
    const left = sessionsIn(after)
    return sessionsIn(before)
      .filter((name) => !left.includes(name) && existsSync(tokenPath(home, {name, startUrl: ''})))
      .flatMap((name) => [stays(name, tokenPath(home, {name, startUrl: ''}), home), signOutFirst(name)])
  })
}

function sessionsIn(bytes: Uint8Array): readonly string[] {
  return parseDocument(bytes, 'config').sections.flatMap(({type, name}) =>
    type === 'sso-session' ? [decode(name)] : [],
  )
}

function stays(name: string, path: string, home: string): Problem {
  return {
    code: 'SIGN_IN_STAYS',
    what: say`The sign-in to the session ${name} stays, in ${shownPath(path, home)}: it is no line of a file that is taken back.`,
    why: say`Whoever has it gets credentials until it ends.`,
    nextSteps: [say`To delete it here: \`${removeLine(path)}\`.`],
  }
}

/** Afterwards the session stands in no file, and no command finds it. */
function signOutFirst(name: string): Problem {
  return {
    code: 'SIGN_OUT_FIRST',
    what: say`The sign-in to the session ${name} can be ended at AWS as well, as long as this is not taken back.`,
    why: say`No command finds the session afterwards.`,
    nextSteps: [say`Sign out first: \`${program()} sso logout --session ${word(name)}\`.`],
  }
}
