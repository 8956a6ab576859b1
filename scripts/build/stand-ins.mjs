import {fileURLToPath} from 'node:url'

const here = (file) => fileURLToPath(new URL(file, import.meta.url))

/** Packages in whose place a module of ours is bundled. */
const STAND_INS = {
  // The first screen measures only plain text, and string-width loads the Unicode tables of `Intl.Segmenter` at once.
  // plain-text.mjs loads it with the first text that is not plain.
  'string-width': here('plain-text.mjs'),
  // With DEBUG=* it would print the address of the proxy with its password.
  debug: here('no-debug.mjs'),
}

/** The plugin of esbuild. */
export function standIns() {
  return {
    name: 'stand-ins',
    setup(build) {
      build.onResolve(
        {filter: new RegExp(`^(?:${Object.keys(STAND_INS).join('|')})$`)},
        ({path, importer}) => (importer === STAND_INS[path] ? undefined : {path: STAND_INS[path]}),
      )
    },
  }
}
