import {dirname} from 'node:path'
import {stringify} from 'ini'
import {makeFolder} from './disk.js'
import {readDiskFile} from './read-file.js'
import {takeLock} from './lock.js'
import {replaceFile} from './replace.js'
import {resolveTarget} from './resolve.js'
import {settingsFrom, settingsPath, tableFrom, type Env, type Settings} from './settings.js'
import {toFailure} from './trouble.js'

/** Changes some settings and keeps the others, also those of a later version. Throws a `Failure`. */
export async function updateSettings(env: Env, changes: Settings): Promise<void> {
  const shown = settingsPath(env)
  try {
    const path = await resolveTarget(shown)
    await makeFolder(dirname(path))
    const lock = await takeLock(path)
    try {
      const old = await readDiskFile(path, new Uint8Array())
      const table = old ? tableFrom(old.bytes) : {}
      const text = stringify({...table, ...settingsFrom({...table, ...changes})}, {whitespace: true})
      await replaceFile({path, pieces: [Buffer.from(text)], old, mode: 0o600})
    } finally {
      await lock.release()
    }
  } catch (error) {
    throw toFailure(error, shown)
  }
}
