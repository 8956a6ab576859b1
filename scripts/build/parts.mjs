import {basename} from 'node:path'

/**
 * Puts the many small parts that esbuild splits into a few files: opening a file takes half a millisecond, and the
 * first screen would need twenty. A part runs when it is first asked for, as if it were a file of its own.
 *
 * @param outputs of esbuild's metafile
 * @param codes CommonJS of each part, by the name of its file
 * @param groups in the order in which they take parts: the entry points that a file is for, or patterns of them, by
 *   the name of the file; several lists of them for what they share. The first holds the entry; what no other takes
 *   goes to the last.
 * @returns the contents of the files, by name
 */
export function packParts(outputs, codes, groups) {
  const graph = graphOf(outputs)
  const homes = homesOf(graph, groups)
  const idOf = Object.fromEntries([...codes.keys()].map((name, index) => [name, index.toString(36)]))
  const [first] = Object.keys(groups)
  return Object.keys(groups).map((group) => {
    const names = [...codes.keys()].filter((name) => homes.get(name) === group)
    const parts = names.map(
      (name) => `${key(idOf[name])}:(function(exports,require,module){${named(codes.get(name), idOf)}})`,
    )
    const body = `{${parts.join(',\n')}}`
    if (group !== first) return {name: `${group}.js`, text: `module.exports=${body}\n`}
    const elsewhere = [...homes]
      .filter(([, home]) => home !== first)
      .map(([name, home]) => [idOf[name], home])
    const entry = idOf[graph.entries.get(groups[first][0])]
    return {name: `${group}.js`, text: `${loader(body, elsewhere)}load(${JSON.stringify(entry)})\n`}
  })
}

/** What runs a part; one that is in another file brings all of that file's. */
function loader(parts, elsewhere) {
  return `"use strict";var parts=${parts},homes=${JSON.stringify(Object.fromEntries(elsewhere))},loaded={};
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

function key(id) {
  return JSON.stringify(id)
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

/**
 * A part goes to the first group that runs it; where a group is for several lists of entry points, to the first whose
 * lists all run it.
 */
function homesOf({runs, entries}, groups) {
  const homes = new Map()
  const closureOf = (roots) => {
    const found = new Set()
    const take = (name) => {
      if (found.has(name)) return
      found.add(name)
      runs.get(name).forEach(take)
    }
    for (const root of roots) {
      const names = [...entries].filter(([path]) =>
        root instanceof RegExp ? root.test(path) : root === path,
      )
      if (names.length === 0) throw new Error(`Nothing imports ${root} dynamically.`)
      for (const [, name] of names) take(name)
    }
    return found
  }
  for (const [group, roots] of Object.entries(groups)) {
    const lists = Array.isArray(roots[0]) ? roots : [roots]
    const [one, ...others] = lists.map(closureOf)
    for (const name of one)
      if (!homes.has(name) && others.every((closure) => closure.has(name))) homes.set(name, group)
  }
  const last = Object.keys(groups).at(-1)
  for (const name of runs.keys()) if (!homes.has(name)) homes.set(name, last)
  return homes
}
