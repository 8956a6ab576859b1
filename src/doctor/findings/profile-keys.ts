/** Keys of each profile that are half, stale, or in both files. */
import {stsAddress} from '../../credentials/endpoint.js'
import {program} from '../../text/program-name.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {FileKind} from '../../files/locations.js'
import {KEY_ENDS, ACCESS_KEY, TOKENS} from '../../aws-files/keys.js'
import {profilesByMethod} from '../../credentials/by-method.js'
import {keyFault, keyPartsOf, type KeyFault} from '../../credentials/judge-key.js'
import {fileLine, lineOfKey, placeOfKey} from '../../credentials/places.js'
import type {Snapshot} from '../../credentials/snapshot.js'
import type {Finding} from '../types.js'
import type {Values} from '../../credentials/views.js'
import type {Context, Rule} from './context.js'
import {isInForce} from './in-force.js'
import {word} from '../../text/shell.js'

export const profileKeyRule: Rule = (context) => {
  const {profiles, config, credentials} = context.s.javascript
  const found: Finding[] = []
  for (const name of profilesByMethod(profiles).names.static) {
    const data = profiles.get(name)!
    found.push(
      ...halfPair(context, name, data),
      ...faultInKey(context, name, data),
      ...oldToken(context, name, data),
    )
  }
  for (const name of credentials.keys()) if (config.has(name)) found.push(...inBothFiles(context, name))
  return found
}

function halfPair(context: Context, profile: string, data: Values): readonly Finding[] {
  const [id, secret] = ACCESS_KEY
  if (data.has(id) === data.has(secret)) return []
  const [there, missing] = data.has(id) ? [id, secret] : [secret, id]
  const where = placeOfKey(context.s, profile, [there])
  return [
    {
      code: 'HALF_KEY_PAIR',
      severity: isInForce(context, profile) ? 'error' : 'warning',
      what: say`The profile ${profile} has ${there} without ${missing}.`,
      profile,
      ...(where ? {where} : {}),
      fix: say`\`${program()} --path local --profile ${word(profile)}\``,
    },
  ]
}

/** Lines of each fault in a key, and how it is mended. */
const FAULTS: Readonly<
  Record<
    KeyFault['code'],
    {
      readonly keys: (part: KeyFault['part']) => readonly string[]
      readonly fix: (profile: string) => SafeText
    }
  >
> = {
  KEY_MALFORMED: {
    keys: (part) => PARTS[part],
    fix: (profile) => say`Enter the key anew: \`${program()} --path local --profile ${word(profile)}\``,
  },
  KEY_EXPIRED: {
    keys: () => KEY_ENDS,
    fix: (profile) =>
      say`Fetch a fresh one where it came from, or save another key: \`${program()} --path local --profile ${word(profile)}\``,
  },
  TEMPORARY_KEY_WITHOUT_TOKEN: {
    keys: () => ['aws_access_key_id'],
    fix: (profile) =>
      say`Copy all three values again: \`${program()} --path local --profile ${word(profile)}\``,
  },
  TOKEN_BESIDE_LONG_LIVED_KEY: {keys: () => TOKENS, fix: () => say`Delete the line of the session token.`},
}
const PARTS: Readonly<Record<KeyFault['part'], readonly string[]>> = {
  id: ['aws_access_key_id'],
  secret: ['aws_secret_access_key'],
  token: TOKENS,
}

function faultInKey(context: Context, profile: string, data: Values): readonly Finding[] {
  if (!ACCESS_KEY.every((key) => data.has(key))) return []
  // A token under its old name is a finding of its own.
  const parts = {
    ...keyPartsOf(data, stsAddress(context.s, profile)),
    token: TOKENS.map((key) => data.get(key)).find(Boolean),
  }
  const fault = keyFault(parts, context.s)
  if (!fault) return []
  const {keys, fix} = FAULTS[fault.code]
  const where = placeOfKey(context.s, profile, keys(fault.part))
  const isStale = fault.code === 'TOKEN_BESIDE_LONG_LIVED_KEY'
  const role = isStale ? soleFile(context.s, profile, TOKENS) : undefined
  return [
    {
      code: fault.code,
      severity: isInForce(context, profile) ? 'error' : 'warning',
      what: say`Profile ${profile}: ${fault.words}`,
      profile,
      ...(where ? {where} : {}),
      fix: fix(profile),
      ...(role ? {mend: {kind: 'remove-keys', role, profile, keys: TOKENS}} : {}),
    },
  ]
}

/** aws_security_token is read by botocore, not by the SDK for JavaScript. */
function oldToken(context: Context, profile: string, data: Values): readonly Finding[] {
  const id = data.get('aws_access_key_id')
  if (!id?.startsWith('ASIA') || !data.has('aws_security_token') || data.has('aws_session_token')) return []
  const where = placeOfKey(context.s, profile, ['aws_security_token'])
  return [
    {
      code: 'OLD_TOKEN_KEY',
      severity: isInForce(context, profile) ? 'error' : 'warning',
      what: say`Profile ${profile}: Serverless Framework does not read aws_security_token, only aws_session_token.`,
      profile,
      ...(where ? {where} : {}),
      fix: say`Rename the key to aws_session_token.`,
    },
  ]
}

function inBothFiles({s}: Context, profile: string): readonly Finding[] {
  const [config, credentials] = [s.javascript.config.get(profile), s.javascript.credentials.get(profile)]
  if (!config || !credentials) return []
  const keys = [...ACCESS_KEY, ...TOKENS].filter((key) => config.has(key))
  const both = keys.filter((key) => credentials.has(key))
  if (both.length === 0) return []
  const line = lineOfKey(s.config, profile, keys)
  const isSame = keys.every((key) => config.get(key) === credentials.get(key))
  return [
    {
      code: 'KEYS_IN_BOTH_FILES',
      severity: isSame ? 'note' : 'warning',
      what: isSame
        ? say`The profile ${profile} has the same keys in both files.`
        : say`The profile ${profile} has other keys in the config file than in the credentials file; the latter count.`,
      profile,
      ...(line === undefined ? {} : {where: fileLine(s, 'config', line)}),
      fix: say`Delete ${both.join(', ')} from the config file.`,
      ...(isSame ? {mend: {kind: 'remove-keys', role: 'config', profile, keys: both}} : {}),
    },
  ]
}

function soleFile(s: Snapshot, profile: string, keys: readonly string[]): FileKind | undefined {
  const roles = (['credentials', 'config'] as const).filter(
    (role) => lineOfKey(s[role], profile, keys) !== undefined,
  )
  return roles.length === 1 ? roles[0] : undefined
}
