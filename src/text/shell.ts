/** The shell that this program was started from, and its lines for what a person is told to run. */
import {readFileSync} from 'node:fs'
import {basename} from 'node:path'
import {safe, say, type SafeText} from './safe-text.js'

/** Shells whose way to set a variable differs. `posix`: sh, bash, zsh. */
export type Shell = 'posix' | 'fish' | 'powershell' | 'cmd'

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** Names of the programs above this one, the nearest first, as far as the system tells them. */
  readonly ancestors: () => readonly string[]
}

/** What npx and the like are, and the shell that they start a program by. */
const RUNNER = /^(?:node|npm|npx|pnpm|yarn|bun)\b/
const RUNNERS_SHELL = /^(?:sh|dash|cmd\.exe)$/

/**
 * By the names of the programs above where the system tells them (SHELL names only the one a person signs in with), else
 * by what each shell leaves in the environment.
 */
export function shellOf({env, platform, ancestors}: Machine): Shell {
  const names = ancestors()
  const found = names.find(
    (name, index) => shellNamed(name) && !(RUNNERS_SHELL.test(name) && RUNNER.test(names[index + 1] ?? '')),
  )
  if (found !== undefined) return shellNamed(found)!
  if (platform === 'win32') return env['PSModulePath'] && !env['PROMPT'] ? 'powershell' : 'cmd'
  return shellNamed(basename(env['SHELL'] ?? '')) ?? 'posix'
}

function shellNamed(name: string): Shell | undefined {
  if (name === 'fish') return 'fish'
  if (/^(?:pwsh|powershell)(?:\.exe)?$/i.test(name)) return 'powershell'
  if (/^cmd(?:\.exe)?$/i.test(name)) return 'cmd'
  return /^-?(?:ba|z|da|k|a)?sh$/.test(name) ? 'posix' : undefined
}

const MAX_ANCESTORS = 8

function ancestorsHere(): readonly string[] {
  if (process.platform !== 'linux') return []
  const names: string[] = []
  try {
    for (let id = process.ppid; id > 1 && names.length < MAX_ANCESTORS;) {
      // `ID (name) state parent …`; a name may hold blanks and parentheses.
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
      const end = stat.lastIndexOf(')')
      names.push(stat.slice(stat.indexOf('(') + 1, end))
      id = Number(stat.slice(end + 2).split(' ')[1])
    }
  } catch {
    // Another user's, or gone: what is known is enough.
  }
  return names
}

let here: Shell | undefined

/** As this process was started. */
export function shell(): Shell {
  return (here ??= shellOf({env: process.env, platform: process.platform, ancestors: ancestorsHere}))
}

/** The line that sets a variable for this terminal. @param value in it nothing that a shell would read */
export function setVariable(name: string, value: string, of: Shell = shell()): SafeText {
  switch (of) {
    case 'posix':
      return say`export ${name}=${quotedFor(of, value)}`
    case 'fish':
      return say`set -gx ${name} ${quotedFor(of, value)}`
    case 'powershell':
      return say`$env:${name} = '${value.replaceAll("'", "''")}'`
    case 'cmd':
      return say`set ${name}=${value}`
  }
}

/** The line that gives a variable the value of another. */
export function copyVariable(from: string, to: string, of: Shell = shell()): SafeText {
  switch (of) {
    case 'posix':
      return say`export ${to}="$${from}"`
    case 'fish':
      return say`set -gx ${to} $${from}`
    case 'powershell':
      return say`$env:${to} = $env:${from}`
    case 'cmd':
      return say`set ${to}=%${from}%`
  }
}

/** The line that takes variables out of this terminal. */
export function unsetVariables(names: readonly string[], of: Shell = shell()): SafeText {
  switch (of) {
    case 'posix':
      return say`unset ${names.join(' ')}`
    case 'fish':
      return say`set -e ${names.join(' ')}`
    case 'powershell':
      return say`Remove-Item ${names.map((name) => `Env:${name}`).join(', ')} -ErrorAction SilentlyContinue`
    case 'cmd':
      return safe(names.map((name) => `set ${name}=`).join('&'))
  }
}

/** Lines as one that can be copied whole. */
export function oneAfterTheOther(lines: readonly SafeText[], of: Shell = shell()): SafeText {
  return safe(lines.join(of === 'cmd' ? '&' : '; '))
}

/** One word of a command line for this shell: what comes from a file must not be read as more than a word. */
export function word(text: string): string {
  return quotedFor(shell(), text)
}

/** One word of a command line. */
export function quotedFor(of: Shell, word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (of === 'cmd') return `"${word}"`
  return of === 'powershell'
    ? `'${word.replaceAll("'", "''")}'`
    : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
