import {isSecretVariable} from '../text/secret-shape.js'
/** Opens a page in the person's browser, or says why it did not. The address stands on screen in any case. */
import type {PageOptions} from './page-address.js'
import {checkPage} from './page-address.js'
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'

export {checkPage} from './page-address.js'

export interface OpenPageOptions extends PageOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `--no-browser`. */
  readonly isBrowserOff?: boolean
  readonly platform?: NodeJS.Platform
  readonly isWsl?: boolean
  /** Starts the browser with the address as one argument; by default the npm package `open`. */
  readonly opener?: (url: string) => Promise<unknown>
}

export interface OpenPageResult {
  readonly opened: boolean
  readonly reason?: SafeText
}

/** Never throws. `opened` says that a browser was started, not that a page was seen. */
export async function openPage(address: string, options: OpenPageOptions): Promise<OpenPageResult> {
  const page = checkPage(address, options)
  if ('refused' in page) return {opened: false, reason: page.refused}
  const reason = whyNoBrowser(options)
  if (reason) return {opened: false, reason}
  try {
    await (options.opener ?? openWithPackage)(page.url)
    return {opened: true}
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return {opened: false, reason: say`The browser could not be started${code}.`}
  }
}

function whyNoBrowser({
  env,
  isBrowserOff,
  platform = process.platform,
  isWsl,
}: OpenPageOptions): SafeText | undefined {
  if (isBrowserOff) return say`The browser is switched off by --no-browser.`
  if (/^(?:none|false|0)$/i.test(env['BROWSER'] ?? ''))
    return say`The browser is switched off by BROWSER=${env['BROWSER']}.`
  if (env['SSH_CONNECTION'] || env['SSH_TTY'])
    return say`This is an SSH session: a browser would open on the other machine.`
  const hasScreen = env['DISPLAY'] || env['WAYLAND_DISPLAY'] || (isWsl ?? env['WSL_DISTRO_NAME'])
  if (platform !== 'win32' && platform !== 'darwin' && !hasScreen)
    return say`There is no graphical screen here.`
  return undefined
}

let earlier: Promise<unknown> = Promise.resolve()

/**
 * `open` cannot be given an environment; the helper it starts inherits ours. So the secrets are taken out of
 * `process.env` while it starts (milliseconds; on Windows until PowerShell has ended) and put back. One at a time.
 */
async function openWithPackage(url: string): Promise<void> {
  const start = async () => {
    const {default: open} = await import('open')
    await withoutSecretVariables(process.env, () => open(url))
  }
  const turn = earlier.then(start, start)
  earlier = turn.catch(() => undefined)
  await turn
}

/** Runs `work` with the variables that may hold secrets absent from `env`; puts back those not set meanwhile. */
export async function withoutSecretVariables<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const removed = Object.entries(env).filter(([name]) => isSecretVariable(name))
  for (const [name] of removed) delete env[name]
  try {
    return await work()
  } finally {
    for (const [name, value] of removed) env[name] ??= value
  }
}
