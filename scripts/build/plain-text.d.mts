/** Whether every UTF-16 unit of a text is one cell wide and a grapheme of its own. */
export function isPlain(text: string): boolean
/** `Intl.Segmenter`, made once a text needs it. */
export class Segmenter {
  constructor(locale?: string, options?: Intl.SegmenterOptions)
  segment(text: string): Iterable<{segment: string; index: number}> & {
    containing(index?: number): {segment: string; index: number} | undefined
  }
}
/** A regular expression that is compiled when it is first used. */
export function lazyRegExp(source: string, flags?: string): () => RegExp
