/** Loaded before a program: notes on standard error each file it opens and each place it connects to. */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import {syncBuiltinESMExports} from 'node:module'
import net from 'node:net'

const writeSync = fs.writeSync
const note = (what) => writeSync(2, `witness ${what}\n`)
const watch = (room, name) => {
  const original = room[name]
  room[name] = function (path, ...rest) {
    note(`file ${String(path)}`)
    return original.call(this, path, ...rest)
  }
}
for (const name of ['readFile', 'open', 'stat', 'lstat', 'access']) watch(promises, name)
for (const name of ['readFile', 'open', 'createReadStream', 'existsSync', 'readFileSync', 'openSync'])
  watch(fs, name)

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args
  if (typeof options === 'object') note(`connect ${options.host}:${options.port}`)
  return connect.apply(this, args)
}
syncBuiltinESMExports()
