import {fileURLToPath} from 'node:url'

const NAME = /^string-width$/
const PLAIN = fileURLToPath(new URL('plain-text.mjs', import.meta.url))

/**
 * The first screen measures only plain text, and string-width loads the Unicode tables of `Intl.Segmenter` at once
 * (7 ms): whoever asks for it is given `plain-text.mjs`, which loads it with the first text that is not plain.
 */
export function plainText() {
  return {
    name: 'plain-text',
    setup(build) {
      build.onResolve({filter: NAME}, ({importer}) => (importer === PLAIN ? undefined : {path: PLAIN}))
    },
  }
}
