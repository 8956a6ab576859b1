/**
 * Text of which every UTF-16 unit is one cell wide and a grapheme of its own: ASCII, Latin letters, punctuation,
 * arrows, frames, spinners and the few signs that the wizard draws. Nothing here combines with a neighbour.
 */
const PLAIN =
  /^[ -~\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u2010-\u2027\u2030-\u203B\u203D-\u2048\u204A-\u205E\u2190-\u2193\u2500-\u259F\u2713\u2717\u276F\u2800-\u28FF]*$/
const STYLED =
  /^[ -~\u001B\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u2010-\u2027\u2030-\u203B\u203D-\u2048\u204A-\u205E\u2190-\u2193\u2500-\u259F\u2713\u2717\u276F\u2800-\u28FF]*$/

export function isPlain(text) {
  return PLAIN.test(text)
}

/**
 * `Intl.Segmenter`, made once a text needs it: making one loads the Unicode tables, which takes 7 ms, and plain
 * text, with or without colours, falls into its units.
 */
export class Segmenter {
  #options
  #real

  constructor(_locale, options) {
    this.#options = options
  }

  segment(text) {
    if (STYLED.test(text)) return new Units(text)
    this.#real ??= new Intl.Segmenter(undefined, this.#options)
    return this.#real.segment(text)
  }
}

class Units {
  #text

  constructor(text) {
    this.#text = text
  }

  containing(index = 0) {
    const segment = this.#text[index]
    return segment === undefined ? undefined : {segment, index, input: this.#text}
  }

  *[Symbol.iterator]() {
    for (let index = 0; index < this.#text.length; index++) yield this.containing(index)
  }
}

/** A regular expression that is compiled when it is first used: `\p{RGI_Emoji}` takes 20 ms. */
export function lazyRegExp(source, flags) {
  let made
  return () => (made ??= new RegExp(source, flags))
}
