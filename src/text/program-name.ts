/** How this program was started, so that what it tells to run next can be run. */
import {realpathSync} from 'node:fs'
import {posix, relative, win32} from 'node:path'
import {onPath} from './on-path.js'
import {safe, type SafeText} from './safe-text.js'

export interface Started {
  /** The script as Node was given it: `process.argv[1]`. */
  readonly script: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absent where the folder is gone, or where the name has to hold in any. */
  readonly cwd: string | undefined
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
  const isOurs = name === 'cli.js' || NAMES.includes(name) || path.basename(real(script) ?? '') === 'cli.js'
  if (!isOurs) return PACKAGE
  // npx keeps what it has fetched in a folder `_npx`, and puts it on the PATH of the program.
  if (parts.includes('_npx') || parts.slice(-3, -1).join('/') === 'node_modules/.bin') return `npx ${PACKAGE}`
  const place = {env, path, platform}
  const known = NAMES.find((each) => isOnPath(each, script, place))
  if (known !== undefined) return NAMES.includes(name) ? name : known
  // Other package managers put a script of their own on the PATH, which names ours.
  if (parts.slice(-4).join('/') === `node_modules/${PACKAGE}/dist/cli.js`)
    return installed(PACKAGE, place) ? PACKAGE : `npx ${PACKAGE}`
  const within = cwd === undefined ? script : path.relative(cwd, script)
  const isNear = cwd !== undefined && !within.startsWith('..') && !path.isAbsolute(within)
  const shown = !isNear ? script : within.startsWith('-') ? `.${path.sep}${within}` : within
  return `node ${quoted(shown, platform)}`
}

interface Place {
  readonly env: Started['env']
  readonly path: typeof posix
  readonly platform: NodeJS.Platform
}

/** Whether a shell that is given the name would run this very script. */
function isOnPath(name: string, script: string, place: Place): boolean {
  const found = installed(name, place)
  if (found === undefined) return false
  if (place.platform !== 'win32') return real(found) === real(script)
  // npm puts a .cmd beside its node_modules, which names the script.
  const own = win32.join(win32.dirname(found), 'node_modules', PACKAGE, 'dist', 'cli.js')
  return own.toLowerCase() === win32.normalize(script).toLowerCase()
}

/** The file that a shell would run for the name. Those of a project are there only while npm runs something in it. */
function installed(name: string, {env, path, platform}: Place): string | undefined {
  const file = platform === 'win32' ? `${name}.cmd` : name
  return onPath(file, env, path, (folder) => /node_modules[\\/]\.bin[\\/]?$/.test(folder))
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function quoted(path: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./-]+$/.test(path) || (platform === 'win32' && /^[\w@%+=:,./\\-]+$/.test(path))) return path
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

const folder = currentFolder()
let name: SafeText | undefined

/** As this process was started, in the folder it was started in. */
export function program(): SafeText {
  return (name ??= nameFrom(folder))
}

/** The same for another folder than this one. */
export function programElsewhere(): SafeText {
  return nameFrom(undefined)
}

function nameFrom(cwd: string | undefined): SafeText {
  return safe(
    programName({
      script: process.argv[1],
      env: process.env,
      cwd,
      platform: process.platform,
    }),
  )
}

/** `undefined` where it has been deleted. */
export function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

/** A folder or file as it is found from here: by the shorter of both ways. */
export function wayTo(path: string): string {
  const way = relative(currentFolder() ?? path, path)
  return way.startsWith('..') && way.length > path.length ? path : way
}
