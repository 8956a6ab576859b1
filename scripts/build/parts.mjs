import {basename} from 'node:path'

/**
 * Puts the many small parts that esbuild splits into a few files: opening a file takes half a millisecond, and the
 * first screen would need twenty. A part runs when it is first asked for, as if it were a file of its own.
 *
 * @param outputs of esbuild's metafile
 * @param codes CommonJS of each part, by the name of its file
 * @param files in the order in which they take parts: the name of each, and the entry points that it is for, or
 *   patterns of them. The first holds the entry; what no other takes goes to the last. One that is `whole` has all
 *   its entry points run, even what another file holds too, so that only the first is needed beside it.
 * @returns the contents of the files, by name
 */
export function packParts(outputs, codes, files) {
  const graph = graphOf(outputs)
  const closures = files.map(({roots}) => closureOf(roots, graph))
  const homeOf = (name) => files[closures.findIndex((closure) => closure.has(name))] ?? files.at(-1)
  const names = [...codes.keys()]
  const idOf = Object.fromEntries(names.map((name, index) => [name, index.toString(36)]))
  const [first] = files
  return files.map((file, index) => {
    const isHere = (name) =>
      homeOf(name) === file || (file.isWhole && closures[index].has(name) && homeOf(name) !== first)
    const parts = names
      .filter(isHere)
      .map((name) => `${JSON.stringify(idOf[name])}:${asFunction(named(codes.get(name), idOf))}`)
    const body = `{${parts.join(',\n')}}`
    if (file !== first) return {name: `${file.name}.js`, text: `module.exports=${body}\n`}
    const elsewhere = names.filter((name) => homeOf(name) !== first)
    const homes = Object.fromEntries(elsewhere.map((name) => [idOf[name], homeOf(name).name]))
    const entry = idOf[graph.entries.get(first.roots[0])]
    return {name: `${file.name}.js`, text: `${loader(body, homes)}load(${JSON.stringify(entry)})\n`}
  })
}

/** In brackets, as V8 compiles such a function when it reads it, and not once more when it runs. */
function asFunction(code) {
  return `(function(exports,require,module){${code}})`
}

/** What runs a part; one that is in another file brings all of that file's. */
function loader(parts, homes) {
  return `"use strict";var parts=${parts},homes=${JSON.stringify(homes)},loaded={};
function load(id){var found=loaded[id];if(found)return found.exports;var module=loaded[id]={exports:{}};if(!parts[id])Object.assign(parts,require("./"+homes[id]+".js"));parts[id](module.exports,ask,module);return module.exports}
function ask(id){return id[0]==="."?load(id.slice(1)):require(id)}
`
}

/** The parts by their numbers. */
function named(code, idOf) {
  return code.replaceAll(/(?<=require\()"\.\/([^"/]+\.js)"/g, (_, name) => {
    if (!(name in idOf)) throw new Error(`No part is called ${name}.`)
    return JSON.stringify(`.${idOf[name]}`)
  })
}

/** Which parts a part runs at once, and the part of each entry point. */
function graphOf(outputs) {
  const runs = new Map()
  const entries = new Map()
  for (const [path, {imports, entryPoint}] of Object.entries(outputs)) {
    const statics = imports.filter(({kind, external}) => kind === 'import-statement' && !external)
    runs.set(
      basename(path),
      statics.map(({path: imported}) => basename(imported)),
    )
    if (entryPoint !== undefined) entries.set(entryPoint, basename(path))
  }
  return {runs, entries}
}

/** All parts that run when these entry points do. */
function closureOf(roots, {runs, entries}) {
  const found = new Set()
  const take = (name) => {
    if (found.has(name)) return
    found.add(name)
    runs.get(name).forEach(take)
  }
  for (const root of roots) {
    const names = [...entries].filter(([path]) => (root instanceof RegExp ? root.test(path) : root === path))
    if (names.length === 0) throw new Error(`Nothing imports ${root} dynamically.`)
    for (const [, name] of names) take(name)
  }
  return found
}
