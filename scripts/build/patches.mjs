import {readFileSync} from 'node:fs'

/**
 * Three changes made to dependencies while they are bundled. They are needed because Ink and Yoga wait at the top level
 * of a module, which CommonJS cannot, and CommonJS starts sooner. None changes what is drawn. Where a new version of a
 * dependency no longer holds the text to change, the build fails.
 */
const PATCHES = [
  {
    // Yoga waits for its WebAssembly, which it fetches from a data: address; that loads the whole HTTP client of Node
    // (15 ms). Here it is taken from the text and made at once.
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
