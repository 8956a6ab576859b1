/** The clipboard of the machine that the person sits at, by the program that the system has for it. */
import {spawn} from 'node:child_process'
import {isSecretVariable} from '../text/secret-shape.js'
import {onPath} from '../text/on-path.js'

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
}

interface Program {
  readonly name: string
  readonly args: readonly string[]
}

/** A clipboard that does not answer must not hold the wizard, in milliseconds. */
const PATIENCE_MS = 2_000

/** The program, where one is here. Over SSH there is none: it would be the clipboard of the other machine. */
export function clipboardProgram({env, platform = process.platform}: Surroundings): Program | undefined {
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) return undefined
  return candidates(env, platform).find(({name}) => onPath(name, env) !== undefined)
}

function candidates(env: Surroundings['env'], platform: NodeJS.Platform): readonly Program[] {
  if (platform === 'darwin') return [{name: 'pbcopy', args: []}]
  if (platform === 'win32') return [{name: 'clip.exe', args: []}]
  return [
    ...(env['WAYLAND_DISPLAY'] ? [{name: 'wl-copy', args: []}] : []),
    ...(env['DISPLAY'] ? [{name: 'xclip', args: ['-selection', 'clipboard']}] : []),
    ...(env['WSL_DISTRO_NAME'] ? [{name: 'clip.exe', args: []}] : []),
  ]
}

/** Gives the lines to the program by its standard input. Resolves to whether it took them; never throws. */
export async function copyBy(
  {name, args}: Program,
  lines: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const kept = Object.fromEntries(Object.entries(env).filter(([variable]) => !isSecretVariable(variable)))
  return new Promise((resolve) => {
    const child = spawn(name, args, {env: kept, stdio: ['pipe', 'ignore', 'ignore']})
    const timer = setTimeout(() => {
      child.kill()
      resolve(false)
    }, PATIENCE_MS)
    const end = (isTaken: boolean) => {
      clearTimeout(timer)
      resolve(isTaken)
    }
    child.once('error', () => end(false))
    // Programs that keep the selection go on in the background; their first process ends at once.
    child.once('exit', (code) => end(code === 0))
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${lines.join('\n')}\n`)
  })
}
