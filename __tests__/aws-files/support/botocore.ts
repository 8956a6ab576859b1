import {spawn, spawnSync, type ChildProcessWithoutNullStreams} from 'node:child_process'
import {createInterface} from 'node:readline'
import type {FileKind} from '../../../src/files/locations.js'

/** What the real botocore makes of a file: profiles with their keys, or the kind of its error. */
export type BotocoreReading = {profiles: Record<string, Record<string, string>>} | {error: string}

const PROGRAM = `
import base64, json, os, sys, tempfile
from botocore import configloader
path = tempfile.mktemp(dir='/dev/shm' if os.path.isdir('/dev/shm') else None)
for line in sys.stdin:
    answers = []
    for kind, text in json.loads(line):
        with open(path, 'wb') as f:
            f.write(base64.b64decode(text))
        try:
            parsed = configloader.raw_config_parse(path, parse_subsections=False)
            configloader.raw_config_parse(path)
            profiles = parsed if kind == 'credentials' else configloader.build_profile_map(parsed)['profiles']
            answers.append({'profiles': profiles})
        except Exception as e:
            answers.append({'error': type(e).__name__})
    print(json.dumps(answers), flush=True)
os.path.exists(path) and os.unlink(path)
`

export function whyNoBotocore(): string | undefined {
  const {status} = spawnSync('python3', ['-c', 'import botocore.configloader'])
  return status === 0 ? undefined : 'python3 with botocore is not installed'
}

/** One Python process that reads batches of files with botocore's own code. */
export class Botocore {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>

  constructor() {
    this.#child = spawn('python3', ['-c', PROGRAM], {env: {...process.env, PYTHONUTF8: '1'}})
    this.#child.stderr.pipe(process.stderr)
    this.#answers = createInterface({input: this.#child.stdout})[Symbol.asyncIterator]()
  }

  async read(files: readonly (readonly [FileKind, Uint8Array])[]): Promise<readonly BotocoreReading[]> {
    this.#child.stdin.write(
      `${JSON.stringify(files.map(([kind, bytes]) => [kind, Buffer.from(bytes).toString('base64')]))}\n`,
    )
    const {value, done} = await this.#answers.next()
    if (done) throw new Error('the botocore process ended')
    return JSON.parse(value as string) as BotocoreReading[]
  }

  close(): void {
    this.#child.stdin.end()
  }
}
