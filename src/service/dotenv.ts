/**
 * What Serverless Framework adds to the environment of a run before it asks for credentials: `.env.<stage>` and `.env` beside
 * the file of the service, then what its `useDotenv` names. What is set already stays. Source: its loadEnvFiles, 4.41.
 */
import {statSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {parse} from 'dotenv'
import type {Env} from '../credentials/snapshot.js'
import {readNow} from '../files/read-now.js'

/** `false` turns it off; a list names further files or folders. */
export type UseDotenv = false | readonly string[]

/** By the name of the variable: its value, and the file it stands in. */
export type DotenvFound = ReadonlyMap<string, {readonly value: string; readonly path: string}>

const MAX_BYTES = 1024 * 1024

/** Reads files only. Whatever cannot be read is passed over, as the Framework does. */
export function readDotenv(dir: string, stage: string, useDotenv: UseDotenv, env: Env): DotenvFound {
  const found = new Map<string, {value: string; path: string}>()
  if (useDotenv === false) return found
  const within = (folder: string) => [join(folder, `.env.${stage}`), join(folder, '.env')]
  const named = useDotenv.map((each) => resolve(dir, each))
  const paths = [...within(dir), ...named.flatMap((path) => (isFolder(path) ? within(path) : [path]))]
  for (const path of paths)
    for (const [name, value] of Object.entries(valuesIn(path)))
      if (env[name] === undefined && !found.has(name)) found.set(name, {value, path})
  return found
}

function valuesIn(path: string): Record<string, string> {
  try {
    // A repository may hold anything under this name.
    const file = statSync(path).size > MAX_BYTES ? undefined : readNow(path)
    return file ? parse(Buffer.from(file.bytes)) : {}
  } catch {
    return {}
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
