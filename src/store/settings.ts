/** The program's own settings. A courtesy: whatever cannot be read counts as not set. */
import {dirname} from 'node:path'
import {parse, stringify} from 'ini'
import {makeFolder, readDiskFile} from './disk.js'
import {takeLock} from './lock.js'
import {replaceFile} from './replace.js'
import {resolveTarget} from './resolve.js'
import {settingsPath} from './settings-path.js'
import {toFailure} from './trouble.js'

export {settingsPath} from './settings-path.js'

export interface Settings {
  readonly frontEnd?: 'ink' | 'plain'
  readonly colours?: 'auto' | 'never'
  readonly lastRegion?: string
}

type Env = Readonly<Record<string, string | undefined>>

const CHOICES = {frontEnd: ['ink', 'plain'], colours: ['auto', 'never']} as const

/** Never throws. */
export async function readSettings(env: Env): Promise<Settings> {
  const found = await readTable(settingsPath(env)).catch(() => ({}))
  return settingsFrom(found)
}

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

async function readTable(path: string): Promise<Record<string, unknown>> {
  const file = await readDiskFile(path, new Uint8Array())
  return file ? tableFrom(file.bytes) : {}
}

function tableFrom(bytes: Uint8Array): Record<string, unknown> {
  return {...parse(Buffer.from(bytes).toString('utf8'))}
}

function settingsFrom(table: Record<string, unknown>): Settings {
  const settings: Record<string, string> = {}
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = table[name]
    if (typeof value === 'string' && (allowed as readonly string[]).includes(value)) settings[name] = value
  }
  const region = table['lastRegion']
  if (typeof region === 'string' && /^[a-z0-9-]{1,40}$/.test(region)) settings['lastRegion'] = region
  return settings
}
