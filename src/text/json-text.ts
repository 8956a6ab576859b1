/**
 * Data as JSON that does nothing to a terminal: what is invisible or drives one stands there as an escape. What has the
 * shape of a secret is masked, as on a screen.
 */
import {maskShapes} from './secret-shape.js'

/** Control, format and separator characters beyond ASCII; JSON itself escapes those below a blank. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

export function jsonText(data: unknown): string {
  const masked = (_key: string, value: unknown) => (typeof value === 'string' ? maskShapes(value) : value)
  return JSON.stringify(data, masked).replace(UNSEEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
