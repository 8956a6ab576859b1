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
      .map((name) => `${JSON.stringify(idOf[name])}:${named(codes.get(name), idOf)}`)
    const body = `{${parts.join(',\n')}}`
    if (file !== first) return {name: `${file.name}.js`, text: `module.exports=${body}\n`}
    const elsewhere = names.filter((name) => homeOf(name) !== first)
    const homes = Object.fromEntries(elsewhere.map((name) => [idOf[name], homeOf(name).name]))
    const entry = idOf[graph.entries.get(first.roots[0])]
    return {name: `${file.name}.js`, text: `${loader(body, homes)}load(${JSON.stringify(entry)})\n`}
  })
}

/** A statement, as what is not kept would be left out when names are made short. */
export function asFunction(code) {
  return `part=function(exports,require,module,__part){${code}}`
}

/** What esbuild puts before every part, to give its exports and to take those of other packages. */
const HELPERS =
  /var __create = [^]*?^(?=var (?:stdin_exports|import_|__here)|__export|module\.exports)|var __defProp = [^]*?^(?=var stdin_exports)/m
const EXPORTS =
  /var stdin_exports = \{\};\n__export\(stdin_exports, (\{[^]*?\n\})\);\nmodule\.exports = __toCommonJS\(stdin_exports\);/

/**
 * The helpers once for all parts, as what a part is given: a third of a small part is nothing else, and each runs when
 * its part is asked for.
 *
 * @param code a part as CommonJS, its names not yet made short
 */
export function withSharedHelpers(code) {
  const own = code
    .replace(HELPERS, '')
    .replace(EXPORTS, (_, exports) => `__part.give(exports, ${exports});`)
    .replaceAll(/\b__toESM\(/g, '__part.take(')
  const left = /\b__(?:defProp|create|export|copyProps|toCommonJS|toESM|commonJS)\b/.exec(own)
  if (left) throw new Error(`esbuild writes its helpers in another way than expected: ${left[0]} is left.`)
  return own
}

/** What runs a part; one that is in another file brings all of that file's. */
function loader(parts, homes) {
  return `"use strict";var parts=${parts},homes=${JSON.stringify(homes)},loaded={};
function load(id){var found=loaded[id];if(found)return found.exports;var module=loaded[id]={exports:{}};if(!parts[id])Object.assign(parts,require("./"+homes[id]+".js"));parts[id](module.exports,ask,module,part);return module.exports}
var part={give:function(exports,all){Object.defineProperty(exports,"__esModule",{value:true});for(var name in all)Object.defineProperty(exports,name,{get:all[name],enumerable:true})},
take:function(found,isNode){if(!isNode&&found&&found.__esModule)return found;var all=found==null?{}:Object.create(Object.getPrototypeOf(found));if(isNode||!found||!found.__esModule)Object.defineProperty(all,"default",{value:found,enumerable:true});return copied(all,found)}};
function copied(all,found){if(found&&(typeof found==="object"||typeof found==="function"))Object.getOwnPropertyNames(found).forEach(function(name){if(!Object.prototype.hasOwnProperty.call(all,name)&&name!=="default")Object.defineProperty(all,name,{get:function(){return found[name]},enumerable:true})});return all}
function ask(id){return id[0]==="."?load(id.slice(1)):require(id)}
`
}

/** The parts by their numbers. */
function named(code, idOf) {
  return code.replaceAll(/"\.\/([^"/]+\.js)"/g, (text, name) =>
    Object.hasOwn(idOf, name) ? JSON.stringify(`.${idOf[name]}`) : text,
  )
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
