/** The files themselves: readable, private, and written as every tool reads them. */
import {dirname} from 'node:path'
import {say} from '../../text/safe-text.js'
import {problemsIn, type FileProblem} from '../../aws-files/diagnose.js'
import {FILE_VARIABLES} from '../../files/locations.js'
import {isBelow, shownPath} from '../../files/shown-path.js'
import {fileLine} from '../../credentials/places.js'
import type {SeenFile, Snapshot} from '../../credentials/snapshot.js'
import type {Finding} from '../types.js'
import type {Context, Rule} from './context.js'
import {meantProfile, mendOf} from './file-mends.js'
import {setVariable, unsetVariables} from '../../text/shell.js'
import {privateLine} from '../../files/path-lines.js'

export const fileRules: readonly Rule[] = [incomplete, unreadable, named, openToOthers, problems]

const filesOf = ({credentials, config}: Snapshot) => [credentials, config]

/** First of all: what else is found in such a file comes of that. */
function incomplete({s}: Context): readonly Finding[] {
  return filesOf(s).flatMap(({brokenOff, path}): readonly Finding[] =>
    brokenOff
      ? [
          {
            code: brokenOff.code,
            severity: 'error',
            what: say`${brokenOff.what} ${brokenOff.why}`,
            where: shownPath(path, s.home),
            fix: say`${brokenOff.nextSteps[0] ?? ''} ${brokenOff.nextSteps[1] ?? ''}`,
          },
        ]
      : [],
  )
}

function unreadable({s}: Context): readonly Finding[] {
  return filesOf(s).flatMap(({failure, path}): readonly Finding[] =>
    failure
      ? [
          {
            code: 'FILE_UNREADABLE',
            severity: 'error',
            what: say`${shownPath(path, s.home)} cannot be read: ${failure.why}`,
            where: shownPath(path, s.home),
            // The last of them opens the file; those before look at it.
            ...(failure.nextSteps.at(-1) ? {fix: failure.nextSteps.at(-1)!} : {}),
          },
        ]
      : [],
  )
}

/** A variable that names a file which is not there, or in a way that only some tools understand. */
function named({s}: Context): readonly Finding[] {
  return filesOf(s).flatMap(({role, path, exists}): readonly Finding[] => {
    const variable = FILE_VARIABLES[role]
    const value = s.env[variable]
    if (!value) return []
    const fault = s.paths.faults?.[role]
    if (fault)
      return [
        {
          code: fault.code,
          severity: 'error',
          what: say`${fault.what} ${fault.why}`,
          where: say`${variable}`,
          ...(fault.nextSteps[0] ? {fix: fault.nextSteps[0]} : {}),
        },
      ]
    const found: Finding[] = []
    if (!exists)
      found.push({
        code: 'NAMED_FILE_MISSING',
        severity: 'warning',
        what: say`${variable} names ${path}, and there is no such file.`,
        where: say`${variable}`,
        fix: say`\`${unsetVariables([variable])}\``,
      })
    // Of a file that is not there, the way out of one is no way out of the other.
    else if (value.startsWith('~'))
      found.push({
        code: 'PATH_NOT_EXPANDED',
        severity: 'warning',
        what: say`${variable} begins with ~, which not every tool replaces.`,
        where: say`${variable}`,
        fix: say`\`${setVariable(variable, path)}\``,
      })
    return found
  })
}

function openToOthers({s}: Context): readonly Finding[] {
  if (s.isWindows) return []
  const found: Finding[] = []
  const tell = (code: string, path: string, mode: number | undefined, mask: number, wanted: number) => {
    if (mode === undefined || (mode & mask) === 0) return
    found.push({
      code,
      severity: 'warning',
      what: say`Other users of this machine may ${mask === 0o022 ? 'change' : 'read'} ${shownPath(path, s.home)} (mode ${mode.toString(8)}).`,
      where: shownPath(path, s.home),
      fix: say`\`${privateLine(path, wanted)}\``,
      mend: {kind: 'chmod', path, mode: wanted},
    })
  }
  for (const file of filesOf(s)) {
    // What is no file needs other rights: those of a folder would be taken from it.
    if (!file.exists || file.failure?.code === 'NOT_A_FILE') continue
    if (file.role === 'credentials' || holdsSecrets(s))
      tell('FILE_OPEN_TO_OTHERS', file.path, file.mode, 0o077, 0o600)
    else tell('FILE_OPEN_TO_OTHERS', file.path, file.mode, 0o022, 0o600)
  }
  for (const [folder, mode] of new Map(filesOf(s).map(({path, folderMode}) => [dirname(path), folderMode])))
    if (isBelow(folder, s.home)) tell('FOLDER_OPEN_TO_OTHERS', folder, mode, 0o022, 0o700)
  for (const {path, mode} of [...s.ssoTokens.values(), ...s.logins.values()])
    tell('TOKEN_OPEN_TO_OTHERS', path, mode, 0o077, 0o600)
  return found
}

/** The config file is open to read in most homes, and is no concern while no key stands in it. */
function holdsSecrets({javascript}: Snapshot): boolean {
  for (const data of javascript.config.values()) if (data.has('aws_secret_access_key')) return true
  return false
}

/** Of interest to few: neither Serverless Framework nor the AWS CLI minds them. */
const MINOR = ['HEADER_UNUSUAL', 'INDENTED_KEY', 'NOT_ASCII']

function problems(context: Context): readonly Finding[] {
  return filesOf(context.s).flatMap((file) =>
    file.plain ? [] : problemsIn(file.document).map((problem) => toFinding(context, file, problem)),
  )
}

/** What hides a profile that is there: where it is the one that is wanted, it is why there are no credentials. */
export const HEADERS: readonly string[] = ['NOT_A_PROFILE', 'PREFIX_IN_CREDENTIALS', 'HEADER_NOT_READ']

function toFinding({s, profile: wanted}: Context, file: SeenFile, problem: FileProblem): Finding {
  const {code, line, severity, what, hurts, mend: fix} = problem
  const mend = mendOf(file.document, problem)
  const profile = HEADERS.includes(code) ? meantProfile(file.document, line) : undefined
  const isCause = profile !== undefined && profile === wanted.name && !s.javascript.profiles.has(profile)
  return {
    code,
    severity: severity === 'fatal' || isCause ? 'error' : MINOR.includes(code) ? 'note' : 'warning',
    ...(profile === undefined ? {} : {profile}),
    what: say`${what} It hurts: ${hurts}.`,
    where: fileLine(s, file.role, line),
    fix: say`${fix}`,
    ...(mend ? {mend} : {}),
  }
}
