import {existsSync} from 'node:fs'
import {say, type SafeText} from '../text/safe-text.js'

export interface WayHere {
  readonly way: 'browser' | 'device'
  /** Why it is the better way here. */
  readonly why: SafeText
}

interface Machine {
  readonly env: NodeJS.ProcessEnv
  /** `--no-browser`. */
  readonly isBrowserOff: boolean
  readonly platform?: NodeJS.Platform
  readonly exists?: (path: string) => boolean
}

/**
 * How a sign-in is best done on this machine. The browser way ends at a listener on this machine, so that the
 * browser has to run here too; a code can be given in a browser anywhere.
 */
export function signInWay({
  env,
  isBrowserOff,
  platform = process.platform,
  exists = existsSync,
}: Machine): WayHere {
  const device = (why: SafeText): WayHere => ({way: 'device', why})
  if (isBrowserOff) return device(say`The browser is switched off by --no-browser.`)
  if (/^(?:none|false|0)$/i.test(env['BROWSER'] ?? ''))
    return device(say`The browser is switched off by BROWSER=${env['BROWSER']}.`)
  if (env['SSH_CONNECTION'] || env['SSH_TTY'])
    return device(say`This is an SSH session: your browser runs on another machine.`)
  if (env['WSL_DISTRO_NAME']) return device(say`This is WSL: your browser runs on Windows beside it.`)
  const isContainer =
    ['CODESPACES', 'REMOTE_CONTAINERS', 'KUBERNETES_SERVICE_HOST', 'container'].some((name) => env[name]) ||
    (platform === 'linux' && ['/.dockerenv', '/run/.containerenv'].some(exists))
  if (isContainer) return device(say`This is a container: your browser runs outside of it.`)
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return device(say`There is no graphical screen here.`)
  return {way: 'browser', why: say`A browser can be opened here.`}
}
