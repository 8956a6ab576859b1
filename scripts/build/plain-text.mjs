/**
 * Stands for the package string-width in the build. Making its `Intl.Segmenter` loads the Unicode tables, which takes
 * 7 ms, and the first emoji regular expression takes 20 ms; plain text, which is all that most people ever see here,
 * needs neither.
 */

/**
 * Text of which every UTF-16 unit is one cell wide and a grapheme of its own: ASCII, Latin letters, punctuation,
 * arrows, frames, spinners and the few signs that the wizard draws. Nothing here combines with a neighbour.
 */
const PLAIN =
  /^[ -~\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u2010-\u2027\u2030-\u203B\u203D-\u2048\u204A-\u205E\u2190-\u2193\u2500-\u259F\u2713\u2717\u276F\u2800-\u28FF]*$/

export function isPlain(text) {
  return PLAIN.test(text)
}

/** Colours and styles, which take no room. */
const STYLES = /\u001B\[[\d;]*m/g

export default function stringWidth(text, options) {
  if (options === undefined) {
    const bare = text.includes('\u001B') ? text.replaceAll(STYLES, '') : text
    if (isPlain(bare)) return bare.length
  }
  // esbuild wraps a module that is required, and runs it here, the first time.
  return require('string-width').default(text, options)
}
