import fs from 'node:fs'
import {createRequire} from 'node:module'
import vm from 'node:vm'

/**
 * Loads a program of dist/, such as app.cjs, with what V8 kept of compiling it at build time where this Node has the
 * same V8 (else V8 refuses it by itself and compiles anew). Without it the first screen comes about 35 ms later.
 */
const loaded = {}

export function load(name) {
  return (loaded[name] ??= evaluate(name))
}

function evaluate(name) {
  const file = new URL(`${name}.cjs`, import.meta.url)
  const module = {exports: {}}
  // `latin1` is read without decoding; the build escapes all other characters.
  const source = `(function(exports,require,module){${fs.readFileSync(file, 'latin1')}\n})`
  const script = new vm.Script(source, {filename: file.pathname, cachedData: compiled(name)})
  script.runInThisContext()(module.exports, createRequire(file), module)
  return module.exports
}

function compiled(name) {
  try {
    return fs.readFileSync(new URL(`${name}.cache`, import.meta.url))
  } catch {
    // It is only there where the build could make it.
    return undefined
  }
}
