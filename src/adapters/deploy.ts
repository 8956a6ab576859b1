import {spawn, type SpawnOptions} from 'node:child_process'
import {constants} from 'node:os'
import {quotedFor} from '../text/shell.js'
import {deployLine} from '../text/deploy-line.js'
import {findService} from '../service/program.js'

/**
 * Runs `serverless deploy` in the folder of the service and returns its exit code. Its output goes straight to the
 * terminal. It is given what the screen said: the name of a profile, never a key.
 */
export async function deploy(
  {
    folder,
    args = ['deploy'],
  }: {readonly folder?: string | undefined; readonly args?: readonly string[] | undefined},
  env: NodeJS.ProcessEnv,
  tell: (line: string) => void,
): Promise<number> {
  const service = await findService(folder, env)
  if (!service) return 1
  const command = deployCommand(service.program, args, {env, platform: process.platform})
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: service.dir,
    env,
    stdio: 'inherit',
  })
  return new Promise((resolve) => {
    child.once('error', () => {
      tell(`serverless could not be started. Run it yourself: ${deployLine(args)}\n`)
      resolve(1)
    })
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1))
    })
  })
}

/**
 * How `serverless deploy` is started. On Windows it is a batch file, which Node refuses to start by itself
 * (CVE-2024-27980): the command processor is given it, in quotes.
 */
export function deployCommand(
  program: string,
  args: readonly string[],
  {env, platform}: {readonly env: NodeJS.ProcessEnv; readonly platform: NodeJS.Platform},
): {readonly file: string; readonly args: readonly string[]; readonly options: SpawnOptions} {
  if (platform !== 'win32') return {file: program, args, options: {}}
  return {
    file: env['ComSpec'] ?? 'cmd.exe',
    args: ['/d', '/s', '/c', `""${program}" ${args.map((word) => quotedFor('cmd', word)).join(' ')}"`],
    options: {windowsVerbatimArguments: true},
  }
}
