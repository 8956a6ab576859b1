import {spawn, type SpawnOptions} from 'node:child_process'
import {constants} from 'node:os'
import {err} from '../output.js'
import {findService} from '../service/program.js'

/**
 * Runs `serverless deploy` in the folder of the service and returns its exit code. Its output goes straight to the
 * terminal. It is given the name of the profile, never a key; without one it goes by what the Dashboard says.
 */
export async function deploy(
  {folder, profile = 'default'}: {readonly folder?: string | undefined; readonly profile?: string},
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const service = await findService(folder, env)
  if (!service) return 1
  const childEnv = profile === 'default' ? env : {...env, AWS_PROFILE: profile}
  const {file, args, options} = deployCommand(service.program, {env, platform: process.platform})
  const child = spawn(file, args, {...options, cwd: service.dir, env: childEnv, stdio: 'inherit'})
  return new Promise((resolve) => {
    child.once('error', () => {
      err().write(`serverless could not be started. Run it yourself: serverless deploy\n`)
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
  {env, platform}: {readonly env: NodeJS.ProcessEnv; readonly platform: NodeJS.Platform},
): {readonly file: string; readonly args: readonly string[]; readonly options: SpawnOptions} {
  if (platform !== 'win32') return {file: program, args: ['deploy'], options: {}}
  return {
    file: env['ComSpec'] ?? 'cmd.exe',
    args: ['/d', '/s', '/c', `""${program}" deploy"`],
    options: {windowsVerbatimArguments: true},
  }
}
