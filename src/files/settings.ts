/** The program's own settings. A courtesy: whatever cannot be read counts as not set. */
import {parse} from 'ini'
import {readNow} from './read-now.js'
import {settingsPath} from './settings-path.js'

export {settingsPath} from './settings-path.js'

export interface Settings {
  readonly frontEnd?: 'ink' | 'plain'
  readonly colours?: 'auto' | 'never'
  readonly lastRegion?: string
}

export type Env = Readonly<Record<string, string | undefined>>

const CHOICES = {frontEnd: ['ink', 'plain'], colours: ['auto', 'never']} as const

/** Never throws. */
export async function readSettings(env: Env): Promise<Settings> {
  const found = await readTable(settingsPath(env)).catch(() => ({}))
  return settingsFrom(found)
}

async function readTable(path: string): Promise<Record<string, unknown>> {
  const file = readNow(path)
  return file ? tableFrom(file.bytes) : {}
}

export function tableFrom(bytes: Uint8Array): Record<string, unknown> {
  return {...parse(Buffer.from(bytes).toString('utf8'))}
}

export function settingsFrom(table: Record<string, unknown>): Settings {
  const settings: Record<string, string> = {}
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = table[name]
    if (typeof value === 'string' && (allowed as readonly string[]).includes(value)) settings[name] = value
  }
  const region = table['lastRegion']
  if (typeof region === 'string' && /^[a-z0-9-]{1,40}$/.test(region)) settings['lastRegion'] = region
  return settings
}
