import fs from 'node:fs'
import {createRequire} from 'node:module'
import vm from 'node:vm'

/**
 * Loads app.cjs, with what V8 kept of compiling it at build time where this Node has the same V8 (else V8 refuses
 * it by itself and compiles anew). Without it the first screen comes about 35 ms later.
 */
let app

export function loadApp() {
  return (app ??= evaluate(new URL('app.cjs', import.meta.url)))
}

function evaluate(file) {
  const module = {exports: {}}
  // `latin1` is read without decoding; the build escapes all other characters.
  const source = `(function(exports,require,module){${fs.readFileSync(file, 'latin1')}\n})`
  const script = new vm.Script(source, {filename: file.pathname, cachedData: compiled()})
  script.runInThisContext()(module.exports, createRequire(file), module)
  return module.exports
}

function compiled() {
  try {
    return fs.readFileSync(new URL('app.cache', import.meta.url))
  } catch {
    // It is only there where the build could make it.
    return undefined
  }
}
