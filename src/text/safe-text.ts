/**
 * Text that may be drawn on a terminal.
 *
 * Everything on screen is `SafeText`. It can be made in two ways only: `say` for our own words (whatever is
 * interpolated is cleaned), and `safe` for text from outside. Forgetting it is a compile error.
 */
import {maskShapes} from './secret-shape.js'

declare const safeTextBrand: unique symbol
export type SafeText = string & {readonly [safeTextBrand]: true}

/** Longest piece of outside text put on one line, in UTF-16 code units; the rest is cut with `…`. */
const MAX_OUTSIDE_LENGTH = 2_000

/**
 * Controls (C0, C1, DEL), format characters (bidi, zero-width, tags), line and paragraph separators, lone surrogates,
 * and whatever else Unicode says is drawn as nothing.
 * Whoever controls one of these can move the cursor, recolour, retitle, reorder or hide what a person reads.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

const PRINTABLE = /^[ -~]*$/

/**
 * One line of text from outside, fit to be drawn: every unsafe character becomes `�`, tabs and line ends a blank, and what
 * has the shape of a secret `[secret]`.
 */
export function safe(outside: unknown): SafeText {
  const text = maskShapes(typeof outside === 'string' ? outside : textOf(outside))
  // Most text is this plain, and thousands are drawn.
  if (text.length <= MAX_OUTSIDE_LENGTH && PRINTABLE.test(text)) return text as SafeText
  const cut = text.length > MAX_OUTSIDE_LENGTH ? `${text.slice(0, MAX_OUTSIDE_LENGTH)}…` : text
  return cut.replace(/\r\n|[\t\n\r]/g, ' ').replace(UNSAFE, '\ufffd') as SafeText
}

/** Our own words: the literal parts stand as they are, each value put into them is cleaned. */
export function say(literals: TemplateStringsArray, ...values: readonly unknown[]): SafeText {
  let text = literals[0] ?? ''
  for (const [index, value] of values.entries()) text += safe(value) + (literals[index + 1] ?? '')
  return text as SafeText
}

/** `String(x)` throws for objects without a prototype and for those whose `toString` does; an error screen must not. */
function textOf(value: unknown): string {
  try {
    return String(value)
  } catch {
    return '(unprintable)'
  }
}
