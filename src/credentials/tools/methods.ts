/** The ways of getting credentials that a profile names. */
import {say, type SafeText} from '../../text/safe-text.js'
import {ACCESS_KEY, SSO} from '../../aws-files/keys.js'
import type {SourceId} from '../types.js'
import type {Values} from '../views.js'

export const PROFILE_METHODS = ['role', 'static', 'web-identity', 'process', 'sso', 'login'] as const
export type ProfileMethod = (typeof PROFILE_METHODS)[number]

const KEYS: Readonly<Record<ProfileMethod, readonly string[]>> = {
  role: ['role_arn'],
  static: ACCESS_KEY,
  'web-identity': ['web_identity_token_file'],
  process: ['credential_process'],
  sso: SSO,
  login: ['login_session'],
}

/** The keys that show the way is there, the most telling first. */
export function keysOfMethod(method: ProfileMethod): readonly string[] {
  return KEYS[method]
}

const METHOD_OF_KEY = new Map(
  PROFILE_METHODS.flatMap((method) => KEYS[method].map((key) => [key, method] as const)),
)

/** The way that a key is a sign of. */
export function methodOfKey(key: string): ProfileMethod | undefined {
  return METHOD_OF_KEY.get(key)
}

export function methodsOf(data: Values): readonly ProfileMethod[] {
  return PROFILE_METHODS.filter((method) => {
    if (method === 'role' && data.has('web_identity_token_file'))
      return data.has('source_profile') || data.has('credential_source')
    return KEYS[method].some((key) => data.has(key))
  })
}

export function isProfileMethod(source: SourceId): source is ProfileMethod {
  return (PROFILE_METHODS as readonly string[]).includes(source)
}

/** As they stand in a sentence: "its access key". */
export const METHOD_WORDS: Readonly<Record<ProfileMethod, SafeText>> = {
  role: say`role`,
  static: say`access key`,
  'web-identity': say`web identity token`,
  process: say`credential_process`,
  sso: say`AWS SSO sign-in`,
  login: say`console sign-in`,
}
