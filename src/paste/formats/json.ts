/** JSON of the AWS CLI, of a credential process and of the SDKs, anywhere within other terminal output. */
import type {SafeText} from '../../text/safe-text.js'
import {say} from '../../text/safe-text.js'
import type {RawField, RawKey} from './raw-key.js'

/** Objects without an object inside: every format keeps a key in one. Braces never stand in its strings. */
const INNERMOST_OBJECT = /\{[^{}]*\}/g

const FIELDS: Readonly<Record<string, RawField>> = {
  accesskeyid: 'accessKeyId',
  aws_access_key_id: 'accessKeyId',
  secretaccesskey: 'secretAccessKey',
  aws_secret_access_key: 'secretAccessKey',
  sessiontoken: 'sessionToken',
  aws_session_token: 'sessionToken',
  token: 'sessionToken',
  username: 'userName',
  accountid: 'accountId',
  region: 'region',
  aws_region: 'region',
  aws_default_region: 'region',
  expiration: 'expiration',
}

/** Every object that names an access key ID, in the order of the text. */
export function readJson(text: string): {readonly keys: readonly RawKey[]; readonly source: SafeText} {
  const keys: RawKey[] = []
  let source = say`JSON`
  for (const [object] of text.matchAll(INNERMOST_OBJECT)) {
    if (!/access_?key_?id/i.test(object)) continue
    const value = parse(object) ?? parse(inner(object))
    if (!value) continue
    const key: RawKey = {}
    for (const [name, each] of Object.entries(value)) {
      const lower = name.toLowerCase()
      const field = Object.hasOwn(FIELDS, lower) ? FIELDS[lower] : undefined
      if (field && typeof each === 'string') key[field] = each
      if (field === 'expiration' && typeof each === 'number') key.expiration = String(each)
    }
    if (key.accessKeyId === undefined) continue
    if (keys.length === 0) source = sourceOf(value)
    keys.push(key)
  }
  return {keys, source}
}

function sourceOf(object: object): SafeText {
  if ('Version' in object) return say`the output of a credential process`
  if ('CreateDate' in object || 'Status' in object) return say`the output of aws iam create-access-key`
  if ('Expiration' in object || 'expiration' in object) return say`temporary credentials as JSON`
  return say`JSON`
}

/** As it stands within a text of another JSON. */
function inner(object: string): string {
  try {
    return String(JSON.parse(`"${object}"`))
  } catch {
    return object.replace(/\\"/g, '"')
  }
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
