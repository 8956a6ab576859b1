import {spawn, spawnSync, type ChildProcessWithoutNullStreams} from 'node:child_process'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

export type Env = Record<string, string>
/** The key ID a tool ends up with, its error, or `none` where it finds nothing without an error. */
export interface Answer {
  readonly id?: string
  readonly error?: string
  readonly none?: boolean
  readonly method?: string
}
export interface JavascriptAnswer {
  readonly javascript: Answer
  readonly serverless: Answer
  /** With the profile `dev` given. */
  readonly dev: Answer
  readonly region: string | null
}
export interface BotocoreAnswer {
  readonly plain: Answer
  /** With `--profile dev`. */
  readonly dev: Answer
  readonly region: string | null
}

const HERE = join(process.cwd(), '__tests__', 'credentials', 'support')

export function whyNoBotocore(): string | undefined {
  const {status} = spawnSync('python3', ['-c', 'import botocore.credentials'])
  return status === 0 ? undefined : 'python3 with botocore is not installed'
}

/** A process that answers a batch of environments. */
export class Peer<T> {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>

  constructor(command: string, script: string) {
    this.#child = spawn(command, [join(HERE, script)], {
      cwd: process.cwd(),
      env: {PATH: process.env['PATH'], HOME: process.env['HOME'], PYTHONUTF8: '1'},
    })
    this.#child.stderr.pipe(process.stderr)
    this.#answers = createInterface({input: this.#child.stdout})[Symbol.asyncIterator]()
  }

  async ask(envs: readonly Env[]): Promise<readonly T[]> {
    this.#child.stdin.write(`${JSON.stringify(envs)}\n`)
    const {value, done} = await this.#answers.next()
    if (done) throw new Error('the process ended')
    return JSON.parse(value as string) as T[]
  }

  close(): void {
    this.#child.stdin.end()
  }
}
