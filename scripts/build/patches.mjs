import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

/**
 * Changes made to dependencies while they are bundled, so that the first screen comes soon: each takes away work that
 * the first screen does not need (the milliseconds are from CPU profiles of one machine), and those that wait at the
 * top level have to go, because CommonJS cannot. None changes what is drawn. Where a new version of a dependency no
 * longer holds the text to change, the build fails.
 */
const PLAIN_TEXT = fileURLToPath(new URL('plain-text.mjs', import.meta.url))

const PATCHES = [
  {
    // Yoga fetches its own WebAssembly from a data: address, which loads the whole HTTP client of Node (15 ms).
    file: /yoga-layout[\\/]dist[\\/]binaries[\\/]yoga-wasm-base64-esm\.js$/,
    change(text) {
      const [, base64] = find(text, /H="data:application\/octet-stream;base64,([^"]+)"/)
      return replaceAll(text, [
        [`H="data:application/octet-stream;base64,${base64}"`, 'H=""'],
        ['loadYoga = loadYoga || {};', `loadYoga = {instantiateWasm: instantiate};`],
        ['return loadYoga.ready', 'return loadYoga'],
        ['import.meta.url', '""'],
      ]).concat(`
function instantiate(imports, done) {
  const bytes = Buffer.from('${base64}', 'base64')
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports)
  done(instance)
  return instance.exports
}`)
    },
  },
  {
    file: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/,
    change: (text) => replaceAll(text, [['await loadYoga()', 'loadYoga()']]),
  },
  {
    // The developer tools of React are asked for under DEV=true. They are not shipped, and a bundle has no package.json
    // where Ink looks for its own then: DEV=true in the shell of a user would end the wizard.
    file: /[\\/]ink[\\/]build[\\/]reconciler\.js$/,
    change: (text) =>
      replaceAll(text, [
        [find(text, /if \(isDev\(\)\) \{\n {4}try[^]*?\n\}\n(?=const diff)/)[0], ''],
        [find(text, /isDev\(\)\s*\? await loadPackageJson\(\)\s*:/)[0], ''],
      ]),
  },
  {
    file: /node_modules[\\/]string-width[\\/]index\.js$/,
    change: (text) =>
      withSegmenter(
        withLazyRegExps(
          replaceAll(text, [
            ['if (/^[\\u0020-\\u007E]*$/.test(string))', 'if (ambiguousIsNarrow && isPlain(string))'],
          ]),
          ['visibleCharacterRegex', 'spacingMarkRegex', 'rgiEmojiRegex', 'extendedPictographicRegex'],
        ),
      ),
  },
  {file: /wrap-ansi[\\/]node_modules[\\/]string-width[\\/]index\.js$/, change: (text) => withSegmenter(text)},
  {
    file: /slice-ansi[\\/]tokenize-ansi\.js$/,
    change: (text) => withSegmenter(withLazyRegExps(text, ['EMOJI_PRESENTATION_GRAPHEME_REGEX'])),
  },
  {file: /ansi-tokenize[\\/]build[\\/]tokenize\.js$/, change: (text) => withSegmenter(text)},
]

/** The plugin of esbuild. `unused` tells after a build which patches have met no file. */
export function patches() {
  const used = new Set()
  return {
    unused: () => PATCHES.filter((patch) => !used.has(patch)).map(({file}) => String(file)),
    plugin: {
      name: 'patches',
      setup(build) {
        build.onLoad({filter: /node_modules.*\.js$/}, ({path}) => {
          // The last that fits: a nested copy of a package has a longer path.
          const patch = PATCHES.findLast(({file}) => file.test(path))
          if (!patch) return undefined
          used.add(patch)
          return {contents: patch.change(readFileSync(path, 'utf8')), loader: 'js'}
        })
      },
    },
  }
}

function withSegmenter(text) {
  const head = `import {Segmenter, isPlain, lazyRegExp} from ${JSON.stringify(PLAIN_TEXT)};\n`
  return head + replaceAll(text, [['new Intl.Segmenter(', 'new Segmenter(']])
}

/** `const NAME = /source/flags;` becomes a function, and every use of the name a call. */
function withLazyRegExps(text, names) {
  return names.reduce((changed, name) => {
    const [literal, source, flags] = find(changed, new RegExp(`const ${name} = /(.*)/([a-z]*);`))
    const [before, after] = changed.split(literal)
    const called = (part) => part.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}()`)
    return `${called(before)}const ${name} = lazyRegExp(${JSON.stringify(source)}, '${flags}');${called(after)}`
  }, text)
}

function replaceAll(text, pairs) {
  return pairs.reduce((changed, [from, to]) => {
    if (!changed.includes(from))
      throw new Error(`A patched dependency has changed: it no longer holds ${from.slice(0, 80)}`)
    return changed.replaceAll(from, () => to)
  }, text)
}

function find(text, pattern) {
  const found = pattern.exec(text)
  if (!found) throw new Error(`A patched dependency has changed: it no longer matches ${pattern}`)
  return found
}
