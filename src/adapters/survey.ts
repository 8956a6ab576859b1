import type {InForce, Survey} from '../../flows/welcome/ports.js'
import {effective, isBlamed, type Effective} from '../credentials/effective.js'
import {endedSessions, profileStates} from '../credentials/profile-states.js'
import {takeOut} from '../credentials/take-out.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {Problem} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {findServiceFile} from '../service/find-file.js'
import {folderHere, noFolder, type Folder} from '../service/folder.js'
import {regionIn, type ServiceHere} from '../service/here.js'
import {findService} from '../service/program.js'
import {problemsIn} from '../aws-files/diagnose.js'
import {fatalWords} from '../aws-files/diagnose-fatal.js'
import {readSettings} from '../files/settings.js'
import {FILE_VARIABLES} from '../files/locations.js'
import {shownPath} from '../files/shown-path.js'
import {setVariable} from '../text/shell.js'
import {checkProfileName} from '../domain/validators.js'
import {dotenvWords} from './dotenv-words.js'
import {inForceHere} from './in-force.js'
import {knownProfiles} from './known-profiles.js'
import {unreadable} from './unreadable.js'

/** What is on this machine, for the first screen. @param folder of the service, as `--service` gives it */
export async function survey(env: NodeJS.ProcessEnv, folder: string | undefined): Promise<Survey> {
  const {s, here, answer, inForce, wantedProfile} = await credentialsHere(env, folder)
  const {run, deciding} = here
  const [deployable, network, settings] = await Promise.all([
    findService(folder, env),
    networkNotes(run.env),
    readSettings(env),
  ])
  const problem = fileProblem(run) ?? (inForce ? undefined : (missingFile(run) ?? unreadHeader(run)))
  const usual = (deciding && regionIn(deciding)) ?? settings.lastRegion
  const dotenv = isBlamed(answer, effective(s, deciding?.asked)) ? dotenvWords(here) : undefined
  return {
    profiles: knownProfiles(s),
    canDeploy: deployable !== undefined,
    hasService: !here.isComposed && /\.(?:ya?ml|json)$/.test(findServiceFile(folder ?? '.') ?? ''),
    network,
    ...(problem ? {problem} : {}),
    ...(usual ? {usualRegion: usual} : {}),
    ...(wantedProfile === undefined ? {} : {wantedProfile}),
    ...(!inForce || inForce.problem ? {endedSessions: endedSessions(run)} : {}),
    ...(inForce
      ? {inForce}
      : {
          whyNone: dotenv ? say`${answer.verdict.why} (${dotenv})` : answer.verdict.why,
          isUnused: hasTraces(run),
          ...choice(run, deciding),
        }),
  }
}

/** That of the service here, else the one that was chosen the last time. */
export async function usualRegion(env: NodeJS.ProcessEnv, folder: string | undefined) {
  const {here} = await credentialsHere(env, folder)
  return (here.deciding && regionIn(here.deciding)) ?? (await readSettings(env)).lastRegion
}

/** Something that was meant as credentials, however it is written. */
function hasTraces({env, credentials, config}: Snapshot): boolean {
  const isMeant = ({document}: Snapshot['config']) =>
    /aws_(?:access_key_id|secret_access_key)|role_arn|sso_|credential_process|login_session/i.test(
      document.text,
    )
  return (
    Boolean(env['AWS_ACCESS_KEY_ID'] || env['AWS_SECRET_ACCESS_KEY']) || [credentials, config].some(isMeant)
  )
}

export interface CredentialsHere {
  /** The machine as this terminal has it: what is written here goes to its files. */
  readonly s: Snapshot
  readonly here: Folder
  readonly answer: Effective
  /** What a deploy would use now; nothing where it finds none at all. */
  readonly inForce?: InForce
  /** The profile that the service here names, and that is not there. */
  readonly wantedProfile?: string
}

/** On this machine and in this folder: where a service is there, what its file says decides first. */
export async function credentialsHere(
  env: NodeJS.ProcessEnv,
  folder: string | undefined,
): Promise<CredentialsHere> {
  const s = await readSnapshot({env})
  // A file that cannot be read is told where it is looked into.
  const here = await folderHere(s, {folder}).catch(() => noFolder(s))
  const {run, deciding} = here
  const answer = effective(run, deciding?.asked)
  const inForce = await inForceHere(here)
  const named = deciding?.asked?.profile
  const isMissing = named !== undefined && !checkProfileName(named) && !run.javascript.profiles.has(named)
  return {
    s,
    here,
    answer,
    ...(inForce ? {inForce} : {}),
    ...(isMissing ? {wantedProfile: named} : {}),
  }
}

/** The first thing that is wrong with the files, as far as it keeps a tool from reading them. */
function fileProblem(s: Snapshot): Problem | undefined {
  for (const {role, path, failure, document} of [s.credentials, s.config]) {
    const fault = s.paths.faults?.[role]
    if (fault) return fault
    if (failure) return failure.code === 'PERMISSION_DENIED' ? unreadable(s.paths, role) : failure
    const [fatal] = document.fatals
    if (!fatal) continue
    const {what, hurts, mend} = fatalWords(document, fatal)
    return {
      code: fatal.code,
      what: say`${shownPath(path, s.home)}, line ${document.lineAt(fatal.at)}: ${what}`,
      why: say`It keeps these from reading the file: ${hurts}.`,
      nextSteps: [mend],
    }
  }
  return undefined
}

/** What was probably meant as the one that is used, and is not read as a profile of that name. */
function unreadHeader(s: Snapshot): Problem | undefined {
  if (profileStates(s).length === 0 && !hasTraces(s)) return undefined
  for (const {path, document} of [s.credentials, s.config]) {
    const found = problemsIn(document).flatMap((each) => {
      const code = UNREAD_HEADERS.find((known) => known === each.code)
      return code ? [{...each, code}] : []
    })[0]
    if (found)
      return {
        code: found.code,
        what: say`${shownPath(path, s.home)}, line ${found.line}: ${found.what}`,
        why: say`It hurts: ${found.hurts}.`,
        nextSteps: [found.mend],
      }
  }
  return undefined
}

const UNREAD_HEADERS = ['HEADER_NOT_READ', 'NOT_A_PROFILE', 'PREFIX_IN_CREDENTIALS'] as const

/** How one of the profiles that work is taken in this shell, where the file of the service here names none. */
function choice(s: Snapshot, service: ServiceHere | undefined): Pick<Survey, 'choose'> {
  if (service?.asked?.profile !== undefined) return {}
  const first = profileStates(s).find(
    ({name, state}) => state === 'usable' && s.botocore.profiles.has(name) && name.trim() === name,
  )
  return first ? {choose: setVariable('AWS_PROFILE', first.name)} : {}
}

/** A variable names a file that is not there: then nothing is found, whatever stands in the usual one. */
function missingFile(s: Snapshot): Problem | undefined {
  const {credentials, config, env} = s
  const missing = [credentials, config].find(({role, exists}) => env[FILE_VARIABLES[role]] && !exists)
  if (!missing) return undefined
  const variable = FILE_VARIABLES[missing.role]
  return {
    code: 'NAMED_FILE_MISSING',
    what: say`${variable} names ${missing.path}, and there is no such file.`,
    why: say`Every tool reads that one in place of the usual file.`,
    nextSteps: [say`To have the usual one: ${takeOut(s, [variable])}`],
  }
}

/** What stands between this machine and AWS, in words; a fault in it is told when AWS is asked. */
async function networkNotes(env: Snapshot['env']): Promise<readonly SafeText[]> {
  const isPlain = !Object.keys(env).some((name) =>
    /^AWS_ENDPOINT_URL|^AWS_USE_\w+_ENDPOINT$|proxy$|^AWS_CA_BUNDLE$/i.test(name),
  )
  if (isPlain) return []
  const {networkFrom, describeNetwork} = await import('../aws/network.js')
  try {
    return describeNetwork(await networkFrom(env))
  } catch (error) {
    return [safe(error instanceof Error ? error.message : error)]
  }
}
