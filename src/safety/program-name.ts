/** How this program was started, so that what it tells to run next can be run. */
import {realpathSync, statSync} from 'node:fs'
import {posix, win32} from 'node:path'
import {safe, type SafeText} from './safe-text.js'

export interface Started {
  /** The script as Node was given it: `process.argv[1]`. */
  readonly script: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: NodeJS.Platform
}

const PACKAGE = 'serverless-setup'
/** The names that package.json installs. */
const NAMES = [PACKAGE, 'sls-setup']

/**
 * `npx serverless-setup` where npx or a project's own installation runs it, the bare name where a shell finds it on the
 * PATH, and `node dist/cli.js` in a checkout.
 */
export function programName({script, env, cwd, platform}: Started): string {
  const path = platform === 'win32' ? win32 : posix
  if (script === undefined) return PACKAGE
  const parts = script.split(/[\\/]/)
  const name = (parts.at(-1) ?? '').replace(/\.(?:cmd|ps1)$/, '')
  // Something else has loaded us.
  if (name !== 'cli.js' && !NAMES.includes(name)) return PACKAGE
  // npx keeps what it has fetched in a folder `_npx`, and puts it on the PATH of the program.
  if (parts.includes('_npx') || parts.slice(-3, -1).join('/') === 'node_modules/.bin') return `npx ${PACKAGE}`
  const place = {env, path, platform}
  const known = NAMES.find((each) => isOnPath(each, script, place))
  if (known !== undefined) return NAMES.includes(name) ? name : known
  // Other package managers put a script of their own on the PATH, which names ours.
  if (parts.includes('node_modules')) return onPath(PACKAGE, place) ? PACKAGE : `npx ${PACKAGE}`
  if (name !== 'cli.js') return `npx ${PACKAGE}`
  const within = path.relative(cwd, script)
  const shown = within.startsWith('..') || path.isAbsolute(within) ? script : within
  return `node ${quoted(shown, platform)}`
}

interface Place {
  readonly env: Started['env']
  readonly path: typeof posix
  readonly platform: NodeJS.Platform
}

/** Whether a shell that is given the name would run this very script. */
function isOnPath(name: string, script: string, place: Place): boolean {
  const found = onPath(name, place)
  if (found === undefined) return false
  if (place.platform !== 'win32') return real(found) === real(script)
  // npm puts a .cmd beside its node_modules, which names the script.
  const own = win32.join(win32.dirname(found), 'node_modules', PACKAGE, 'dist', 'cli.js')
  return own.toLowerCase() === win32.normalize(script).toLowerCase()
}

/** The file that a shell would run for the name. Those of a project are there only while npm runs something in it. */
function onPath(name: string, {env, path, platform}: Place): string | undefined {
  const file = platform === 'win32' ? `${name}.cmd` : name
  return (env['PATH'] ?? env['Path'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '' && !/node_modules[\\/]\.bin[\\/]?$/.test(folder))
    .map((folder) => path.join(folder, file))
    .find(exists)
}

function exists(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() === true
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function quoted(path: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./\\-]+$/.test(path)) return path
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

let name: SafeText | undefined

/** As this process was started. */
export function program(): SafeText {
  return (name ??= safe(
    programName({
      script: process.argv[1],
      env: process.env,
      cwd: process.cwd(),
      platform: process.platform,
    }),
  ))
}
