import {spawn, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {createInterface} from 'node:readline'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {homeSandbox, type Home} from '../support/home.js'
import {Terminal} from '../support/terminal.js'

/** The built program, by a name on the PATH: as it is where people have installed it. */
export const CLI = installed('serverless-setup')

function installed(name: string): string {
  const link = join(process.cwd(), '.tmp', 'bin', name)
  mkdirSync(dirname(link), {recursive: true})
  // Another worker may have made it.
  if (!existsSync(link)) spawnSync('ln', ['-sfn', join(process.cwd(), 'dist', 'cli.js'), link])
  return link
}

export interface Scene {
  readonly practice: Practice
  readonly home: Home
  /** An empty folder to run in. */
  readonly dir: string
  close(): Promise<void>
}

/** The embedded AWS, and a home that knows nothing but it. */
export async function scene(
  options: {files?: Record<string, string>; env?: Record<string, string>} = {},
): Promise<Scene> {
  const practice = await startPractice()
  const home = homeSandbox({
    files: options.files ?? {},
    env: {
      PATH: `${dirname(CLI)}${delimiter}${process.env['PATH'] ?? ''}`,
      AWS_ENDPOINT_URL: practice.url,
      SERVERLESS_SETUP_DASHBOARD_URL: practice.url,
      BROWSER: 'none',
      ...options.env,
    },
  })
  const dir = join(home.path, 'service')
  mkdirSync(dir)
  return {
    practice,
    home,
    dir,
    close: async () => {
      home.remove()
      await practice.close()
    },
  }
}

/** The wizard in a real terminal. */
export function open(
  {home, dir}: Scene,
  {
    args = [],
    cols = 80,
    rows = 24,
    env = {},
  }: {args?: readonly string[]; cols?: number; rows?: number; env?: Record<string, string>} = {},
): Promise<Terminal> {
  return Terminal.start({args: [CLI, ...args], env: {...home.env, ...env}, cols, rows, cwd: dir})
}

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** The program without a terminal: what a script sees. */
export async function runScript(stage: Scene, args: readonly string[], input = ''): Promise<Ran> {
  return runProgram([process.execPath, CLI, ...args], stage, input)
}

export async function runProgram(
  [command = '', ...args]: readonly string[],
  {home, dir}: Pick<Scene, 'home' | 'dir'>,
  input = '',
): Promise<Ran> {
  const child = spawn(command, args, {cwd: dir, env: home.env})
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  )
  return {code, signal, stdout, stderr}
}

/** A conversation with `--json`: each line of the program may be answered with one. */
export async function converse(
  {home, dir}: Scene,
  args: readonly string[],
  reply: (line: Record<string, unknown>) => Record<string, unknown> | undefined,
): Promise<{readonly code: number | null; readonly lines: readonly Record<string, unknown>[]}> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: dir,
    env: home.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines: Record<string, unknown>[] = []
  createInterface({input: child.stdout}).on('line', (text) => {
    const line = JSON.parse(text) as Record<string, unknown>
    lines.push(line)
    const answer = reply(line)
    if (answer) child.stdin.write(`${JSON.stringify(answer)}\n`)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {code, lines}
}

/** From "Do you have an AWS account?" to the field of the key, as someone who has one. */
export async function toTheKey(terminal: Terminal): Promise<void> {
  await terminal.see('Do you have an AWS account?')
  terminal.press('enter')
  await terminal.see('How do you want to get an access key?')
  terminal.press('down', 'down', 'enter')
  await terminal.see('Enter AWS Access Key ID:')
}

/** The same, and the key pasted and given. */
export async function giveKey(terminal: Terminal, pasted: string): Promise<void> {
  await toTheKey(terminal)
  await pasteKey(terminal, pasted)
}

export async function pasteKey(terminal: Terminal, pasted: string): Promise<void> {
  terminal.paste(pasted)
  await terminal.see('pasted, hidden')
  terminal.press('enter')
}

/** Through the verdict, the profile's name and the region to the comparison, taking what is suggested. */
export async function takeSuggestions(terminal: Terminal): Promise<void> {
  await terminal.see('The key works')
  terminal.press('enter')
  await terminal.see('Press Enter for default')
  terminal.press('enter')
  await terminal.see('Region to deploy to')
  terminal.press('enter')
}

/** Goes down to the choice that begins so. */
export async function choose(terminal: Terminal, words: string): Promise<void> {
  const cursor = (rows: readonly string[]) => rows.find((row) => row.includes('❯'))
  const isAt = () => cursor(terminal.screen())?.includes(`❯ ${words}`) === true
  await terminal.see(words)
  await terminal.until((rows) => cursor(rows) !== undefined, {expected: 'a choice'})
  while (!isAt()) {
    const before = cursor(terminal.screen())
    terminal.press('down')
    // In the middle of a frame there may be none.
    const isMoved = (rows: readonly string[]) => cursor(rows) !== undefined && cursor(rows) !== before
    await terminal.until(isMoved, {expected: `the choice ${words}`})
  }
  terminal.press('enter')
}
