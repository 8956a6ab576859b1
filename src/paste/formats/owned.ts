/**
 * Keys of several people or accounts whose names are told apart by what stands before or behind: `DEV_AWS_ACCESS_KEY_ID`,
 * `secret_alice`. What has the same beside it belongs together, in whatever order it stands.
 */
import {isShapedLikeAccessKeyId, isShapedLikeSecret} from '../../domain/key-validators.js'
import type {RawField, RawKey} from './raw-key.js'

const NAMED =
  /(?<![\w.-])([\w.-]{0,60}?)(?:aws[_.-]?)?(?:(access[_.-]?key(?:[_.-]?id)?|key[_.-]?id)|(secret(?:[_.-]?access)?(?:[_.-]?key)?)|((?:session|security)[_.-]?token))([\w.-]{0,60})["']?[ \t]{0,20}(?:=>|[=:])[ \t]{0,20}["']?([^\s"',;]{16,4096})/gi

/** Nothing unless at least two of them are whole: one alone is read by the others, who know more forms. */
export function readOwned(text: string): readonly RawKey[] {
  const byOwner = new Map<string, RawKey>()
  for (const [, before = '', id, secret, token, behind = '', value = ''] of text.matchAll(NAMED)) {
    const owner = `${before} ${behind}`.toLowerCase()
    const field: RawField | undefined = id
      ? 'accessKeyId'
      : secret
        ? 'secretAccessKey'
        : token
          ? 'sessionToken'
          : undefined
    if (!field || owner === ' ') continue
    const key = byOwner.get(owner) ?? {}
    byOwner.set(owner, key)
    key[field] ??= value
  }
  const whole = [...byOwner.values()].filter(
    ({accessKeyId = '', secretAccessKey = ''}) =>
      isShapedLikeAccessKeyId(accessKeyId) && isShapedLikeSecret(secretAccessKey),
  )
  return whole.length > 1 ? whole : []
}
