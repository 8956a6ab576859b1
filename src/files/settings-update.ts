import {stringify} from 'ini'
import {rewriteFile} from './rewrite.js'
import {settingsFrom, settingsPath, tableFrom, type Env, type Settings} from './settings.js'

/** Changes some settings and keeps the others, also those of a later version. Throws a `Failure`. */
export async function updateSettings(env: Env, changes: Settings): Promise<void> {
  await rewriteFile(
    settingsPath(env),
    (old) => {
      const table = old ? tableFrom(old.bytes) : {}
      return stringify({...table, ...settingsFrom({...table, ...changes})}, {whitespace: true})
    },
    {keepsMode: true},
  )
}
