import {readFile} from 'node:fs/promises'
import {basename} from 'node:path'
import type {Shell} from '../../flows/skip/ports.js'

interface Machine {
  readonly env: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  /** Name of the program that started this one; by default asked of the system. */
  readonly parentName?: () => Promise<string | undefined>
}

/**
 * The shell that this program was started from: by the name of its parent where the system tells it (SHELL names only
 * the one a person signs in with), else by what each shell leaves in the environment.
 */
export async function shellHere({
  env,
  platform = process.platform,
  parentName = () => nameOfParent(platform),
}: Machine): Promise<Shell> {
  const parent = shellNamed(await parentName())
  if (parent) return parent
  if (platform === 'win32') return env['PSModulePath'] && !env['PROMPT'] ? 'powershell' : 'cmd'
  return shellNamed(env['SHELL'] && basename(env['SHELL'])) ?? 'posix'
}

function shellNamed(name: string | undefined): Shell | undefined {
  if (name === undefined) return undefined
  if (/^fish$/.test(name)) return 'fish'
  if (/^(?:pwsh|powershell)(?:\.exe)?$/i.test(name)) return 'powershell'
  if (/^cmd(?:\.exe)?$/i.test(name)) return 'cmd'
  return /^-?(?:ba|z|da|k|a)?sh$/.test(name) ? 'posix' : undefined
}

async function nameOfParent(platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform !== 'linux') return undefined
  return readFile(`/proc/${process.ppid}/comm`, 'utf8').then(
    (name) => name.trim(),
    () => undefined,
  )
}
