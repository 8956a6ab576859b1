/** What a new key, or another region, changes in a profile, and what is to be said of it. */
import type {AccessKey} from '../domain/access-key.js'
import type {Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import type {AwsDocument} from './document.js'
import type {ProfileChange} from './edit.js'
import {ACCESS_KEY, KEY_ENDS, TOKENS} from './keys.js'
import type {OverKey} from './over-key.js'
import type {OpenFile, RequestedChange} from './plan-profile.js'

export function isDouble({document}: OpenFile, profile: string): boolean {
  return document.profileSections(profile).length > 1
}

export function keysIn({document}: OpenFile, profile: string) {
  return document.profileSections(profile).flatMap((section) => document.properties(section))
}

export function regionWarnings(config: OpenFile, {profile, region}: RequestedChange): readonly Problem[] {
  const regions = keysIn(config, profile).flatMap(({name, plainValue}) =>
    name === 'region' ? [plainValue] : [],
  )
  if (
    region === undefined ||
    !isDouble(config, profile) ||
    (regions.length > 0 && regions.every((each) => each === region))
  )
    return []
  const lines = config.document.profileSections(profile).map(({start}) => config.document.lineAt(start))
  return [
    {
      code: 'REGION_NOT_WRITTEN',
      what: say`The region ${region} is not written: ${profile} stands in two sections of the config file, on lines ${lines.join(' and ')}.`,
      why: say`AWS tools disagree about which of them counts. The key is in the credentials file, which that does not concern.`,
      nextSteps: [say`Move the keys into one section and delete the other, then set the region there.`],
    },
  ]
}

export function changeOfCredentials(
  {profile, key, region}: RequestedChange,
  document: AwsDocument,
  beating: readonly string[],
): ProfileChange {
  // A region in the credentials file wins over the one in config.
  const oldRegion = valueOf(document, profile, 'region')
  const remove = region !== undefined && oldRegion !== undefined && oldRegion !== region ? ['region'] : []
  if (!key) return {remove}
  const set: Record<string, string> = {
    aws_access_key_id: key.accessKeyId,
    aws_secret_access_key: key.secretAccessKey.reveal(),
  }
  if (key.sessionToken) set['aws_session_token'] = key.sessionToken.reveal()
  return {
    set,
    remove: [
      ...remove,
      ...outdated(key, document, profile),
      ...TOKENS.filter((name) => !(name in set)),
      ...beating,
    ],
  }
}

export function changeOfConfig(
  {profile, key, region}: RequestedChange,
  config: AwsDocument,
  credentials: AwsDocument,
  beating: readonly string[],
): ProfileChange {
  const remove = key ? [...ACCESS_KEY, ...TOKENS, ...beating, ...outdated(key, credentials, profile)] : []
  // What the file says already in a form every tool reads stays as it is; another value is a change that is shown.
  return region === undefined ? {remove} : {set: {region}, remove}
}

/** What belongs to the old key alone: when it ends, and its account, to whose endpoints requests would go. */
function outdated(key: AccessKey, credentials: AwsDocument, profile: string): readonly string[] {
  return valueOf(credentials, profile, 'aws_access_key_id') === key.accessKeyId
    ? []
    : ['aws_account_id', ...KEY_ENDS]
}

function valueOf(document: AwsDocument, profile: string, name: string): string | undefined {
  const section = document.section(profile)
  return section && document.properties(section).find((property) => property.name === name)?.plainValue
}

export function methodWarnings(profile: string, over: readonly OverKey[]): readonly Problem[] {
  if (over.length === 0) return []
  const keys = over.flatMap((each) => each.keys).join(', ')
  return [
    {
      code: 'METHOD_REPLACED',
      what: say`These are taken out of the profile ${profile}: ${keys}.`,
      why: say`Before an access key, ${over.map(({who}) => who).join('; ')}.`,
      nextSteps: [say`To keep both, choose another profile name.`],
    },
  ]
}

/** Of both files together. */
export function valuesIn(files: readonly OpenFile[], profile: string): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap((file) => keysIn(file, profile).map(({name, plainValue}) => [name, plainValue] as const)),
  )
}
