/** The machine as a run of Serverless Framework has it: with what it reads from `.env` beside a service. */
import {readdirSync} from 'node:fs'
import {isAbsolute, resolve} from 'node:path'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import {currentFolder} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {DotenvFound, UseDotenv} from './dotenv.js'

/** By the machine and what is added: the same answer for the same question, as AWS is asked once for each. */
const runs = new WeakMap<Snapshot, Map<string, Promise<Snapshot>>>()

/**
 * The machine with that added to its environment.
 *
 * @param dir the folder that a deploy is run in, which need not be this one
 */
export async function runWith(s: Snapshot, found: DotenvFound, dir: string): Promise<Snapshot> {
  const values = Object.fromEntries([...found].map(([name, {value}]) => [name, value]))
  const moved = movedTo(dir, {...s.env, ...values})
  if (found.size === 0 && Object.keys(moved).length === 0) return s
  const known = runs.get(s) ?? new Map<string, Promise<Snapshot>>()
  runs.set(s, known)
  const id = JSON.stringify([[...found], moved])
  const run = known.get(id) ?? added(s, found, {...s.env, ...values, ...moved})
  known.set(id, run)
  return run
}

/** Variables that name files. */
const PATHS = [
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CA_BUNDLE',
]

/** Relative paths lead elsewhere from another folder. */
function movedTo(dir: string, env: Snapshot['env']): Record<string, string> {
  if (dir === currentFolder()) return {}
  return Object.fromEntries(
    PATHS.flatMap((name) => {
      const value = env[name]
      const isRelative = value && !isAbsolute(value) && !/^[~$%"']/.test(value)
      return isRelative ? [[name, resolve(dir, value)]] : []
    }),
  )
}

async function added(s: Snapshot, found: DotenvFound, env: Snapshot['env']): Promise<Snapshot> {
  const all = new Map([...(s.added ?? []), ...found])
  const isMoved = PATHS.some((name) => env[name] !== s.env[name])
  // Nothing else of it decides which files are read, and what is in them.
  return onCredentials(found).size === 0 && !isMoved
    ? {...s, env, added: all}
    : {
        ...(await readSnapshot({env, now: s.now, isEc2: s.isEc2})),
        ...(s.accepted ? {accepted: s.accepted} : {}),
        added: all,
      }
}

const CREDENTIAL_VARIABLE = /^(?:AWS_|HOME$|USERPROFILE$|PATH$)/

/** What bears on credentials. */
export function onCredentials(found: DotenvFound): DotenvFound {
  return new Map([...found].filter(([name]) => CREDENTIAL_VARIABLE.test(name)))
}

export function mayHaveDotenv(dir: string, useDotenv: UseDotenv): boolean {
  if (useDotenv === false || useDotenv.length > 0) return useDotenv !== false
  try {
    return readdirSync(dir).some((name) => name.startsWith('.env'))
  } catch {
    return false
  }
}

/** `.env sets AWS_PROFILE`; nothing where it says nothing of credentials. */
export function dotenvSays(found: DotenvFound, shown: (path: string) => SafeText): SafeText | undefined {
  const told = onCredentials(found)
  if (told.size === 0) return undefined
  const files = [...new Set([...told.values()].map(({path}) => shown(path)))].join(', ')
  return say`${files} sets ${[...told.keys()].join(', ')}`
}
