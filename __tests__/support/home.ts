import {afterAll} from '@jest/globals'
import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {cleanEnv} from '../../scripts/pty/clean-env.mjs'

export interface HomeOptions {
  /** Files to begin with, such as `{'.aws/credentials': '[default]\n'}`. They get mode 0600, folders 0700. */
  readonly files?: Readonly<Record<string, string>>
  /** Variables to add to the clean environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** A home folder of its own, and an environment in which nothing leads out of it. */
export interface Home {
  readonly path: string
  /** HOME, PATH, TERM and what was asked for: no AWS_*, proxy or CI variable. */
  readonly env: Record<string, string>
  /** The text of a file in the home. Throws ENOENT when it is missing. */
  read(file: string): string
  write(file: string, text: string): void
  remove(): void
}

const homes = new Set<Home>()

/** Made anew for each call; removed by `remove`, at the latest after the last test of the file. */
export function homeSandbox({files = {}, env = {}}: HomeOptions = {}): Home {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'serverless-setup-test-')))
  const home: Home = {
    path,
    env: cleanEnv(path, env),
    read: (file) => readFileSync(join(path, file), 'utf8'),
    write(file, text) {
      mkdirSync(dirname(join(path, file)), {recursive: true, mode: 0o700})
      writeFileSync(join(path, file), text, {mode: 0o600})
    },
    remove() {
      rmSync(path, {recursive: true, force: true})
      homes.delete(home)
    },
  }
  for (const [file, text] of Object.entries(files)) home.write(file, text)
  homes.add(home)
  return home
}

afterAll(() => {
  for (const home of [...homes]) home.remove()
})
