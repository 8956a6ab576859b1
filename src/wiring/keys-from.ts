import {open} from 'node:fs/promises'
import type {Problem} from '../safety/problem.js'
import {safe, say} from '../safety/safe-text.js'

/** Longest file that is read for a key, in bytes. */
const MAX_BYTES = 1024 * 1024

/** The text of a file with a key in it, or of standard input for `-`; or why it cannot be read. */
export async function readKeysFile(file: string): Promise<string | Problem> {
  try {
    return file === '-' ? await readStandardInput() : await readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return {
      code: 'KEYS_FILE_UNREADABLE',
      what: say`The file with the access key could not be read: ${file}`,
      why:
        code === 'ENOENT'
          ? say`There is no such file.`
          : safe(error instanceof Error ? error.message : error),
      nextSteps: [
        say`Check the name with \`ls -l\`, or pipe the key in: \`serverless-setup --path local --keys-from - --yes < FILE\``,
      ],
    }
  }
}

async function readFile(file: string): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const {size} = await handle.stat()
    if (size > MAX_BYTES)
      throw new Error('It is larger than 1 MiB; a file with an access key has a few lines.')
    return (await handle.readFile()).toString('utf8')
  } finally {
    await handle.close()
  }
}

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw new Error('Standard input is the terminal. Give a file, or pipe the key in.')
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BYTES) throw new Error('There is more than 1 MiB; an access key has a few lines.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
