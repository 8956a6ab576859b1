/**
 * Text that may be drawn on a terminal.
 *
 * Everything on screen is `SafeText`. It can be made in two ways only: `say` for our own words (whatever is
 * interpolated is cleaned), and `safe` for text from outside. Forgetting it is a compile error.
 */
declare const safeTextBrand: unique symbol
export type SafeText = string & {readonly [safeTextBrand]: true}

/** Longest piece of outside text put on one line, in UTF-16 code units; the rest is cut with `…`. */
const MAX_OUTSIDE_LENGTH = 2_000

/**
 * C0 and C1 controls, DEL, line and paragraph separators, bidi controls and overrides, invisible and
 * zero-width characters, interlinear annotations, tag characters, lone surrogates.
 * Whoever controls one of these can move the cursor, recolour, retitle, reorder or hide what a person reads.
 */
const UNSAFE =
  // eslint-disable-next-line no-misleading-character-class
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** One line of text from outside, fit to be drawn: every unsafe character becomes `�`, tabs and line ends a blank. */
export function safe(outside: unknown): SafeText {
  const text = typeof outside === 'string' ? outside : String(outside)
  const cut = text.length > MAX_OUTSIDE_LENGTH ? `${text.slice(0, MAX_OUTSIDE_LENGTH)}…` : text
  return cut.replace(/\r\n|[\t\n\r]/g, ' ').replace(UNSAFE, '\ufffd') as SafeText
}

/** Text of several lines from outside, each line safe. */
export function safeLines(outside: string): SafeText[] {
  return outside.split(/\r\n|\n|\r/).map((line) => safe(line.replace(/\t/g, '    ')))
}

/** Our own words: the literal parts stand as they are, each value put into them is cleaned. */
export function say(literals: TemplateStringsArray, ...values: readonly unknown[]): SafeText {
  return literals.reduce(
    (text, literal, index) => text + (index === 0 ? '' : safe(values[index - 1])) + literal,
    '',
  ) as SafeText
}
