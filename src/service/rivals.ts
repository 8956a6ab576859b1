/** What of this terminal wins over the profile that was chosen. */
import {basename} from 'node:path'
import {effective} from '../credentials/effective.js'
import {EXPIRY_VARIABLE, KEY_VARIABLES} from '../credentials/judge-key.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {detailOf, list} from '../credentials/tools/verdict.js'
import {say, type SafeText} from '../text/safe-text.js'
import {oneAfterTheOther, setVariable, shell, unsetVariables} from '../text/shell.js'
import type {Folder} from './folder.js'
import type {Chosen, NextStep} from '../domain/next-step.js'
import {onCredentials} from './run.js'

const REGION_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const

/** What of this terminal wins over the profile, for a deploy or for another tool, and how it is taken away. */
export function rivals(
  s: Snapshot,
  {profile, region, shell: of = shell()}: Chosen,
  isUsed: boolean,
  {run, dotenv: found, deciding: service}: Folder,
): Pick<NextStep, 'notes' | 'forTerminal'> {
  if (profile === undefined) return {notes: []}
  const {env} = s
  const named = env['AWS_PROFILE'] || undefined
  const here = effective(run)
  // What `.env` sets is told only where it is that which decides.
  const isByDotenv = detailHere(here) !== detailHere(effective(s))
  const dotenv = isByDotenv ? [...onCredentials(found)].filter(([name]) => name !== 'AWS_REGION') : []
  const {outcome} = here
  // The AWS CLI takes keys and tokens of the environment before any profile, and an older variable as well.
  const others = [
    ...KEY_VARIABLES.filter((name) => name !== EXPIRY_VARIABLE || env['AWS_ACCESS_KEY_ID']),
    ...(env['AWS_ROLE_ARN'] ? ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'] : []),
    ...(env['AWS_DEFAULT_PROFILE'] === profile ? [] : ['AWS_DEFAULT_PROFILE']),
  ].filter((name) => env[name])
  const isNamed = (named ?? 'default') === profile
  const regions = REGION_VARIABLES.filter((name) => region !== undefined && (env[name] || region) !== region)
  const unset = [...others, ...regions, ...(profile === 'default' && !isNamed ? ['AWS_PROFILE'] : [])]
  const lines = [
    ...(unset.length > 0 ? [unsetVariables(unset, of)] : []),
    ...(profile !== 'default' && !isNamed ? [setVariable('AWS_PROFILE', profile, of)] : []),
  ]
  const ofFile = service?.asked?.profile
  const isOfFile = ofFile !== undefined && ofFile !== profile
  const notes = isUsed
    ? others.length > 0
      ? [
          say`In this terminal ${others.join(', ')} would win over the profile for other tools than Serverless Framework.`,
        ]
      : []
    : isOfFile
      ? [otherInFile(s, ofFile, profile)]
      : outcome.kind === 'found'
        ? [
            dotenv.length > 0
              ? say`Without --aws-profile ${detailOf(outcome)} would be used in this folder, and not the profile ${profile}: ${list(dotenv.map(([name, {path}]) => say`${name} stands in ${basename(path)}`))}.`
              : say`Without --aws-profile ${detailOf(outcome)} would be used in this terminal, and not the profile ${profile}.`,
          ]
        : named && !isNamed
          ? [say`In this terminal AWS_PROFILE names the profile ${named}.`]
          : []
  const byRegion = regions.map(
    (name) => say`${name}=${env[name]} of this terminal wins over the region of the profile.`,
  )
  return {
    notes: [...notes, ...byRegion],
    ...(lines.length > 0 ? {forTerminal: oneAfterTheOther(lines, of)} : {}),
  }
}

/** The file decides before anything of this terminal does. */
function otherInFile({javascript}: Snapshot, ofFile: string, profile: string): SafeText {
  const missing = javascript.profiles.has(ofFile) ? say`` : say`, which is not on this machine`
  return say`The file of the service here names the profile ${ofFile}${missing}: a deploy without --aws-profile would not use the profile ${profile}.`
}

function detailHere({outcome}: ReturnType<typeof effective>): SafeText {
  return outcome.kind === 'found' ? detailOf(outcome) : outcome.words
}
