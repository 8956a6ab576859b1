import {constants} from 'node:fs'
import {open, type FileHandle} from 'node:fs/promises'
import {basename} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {readCredentials, type CredentialsReading} from '../paste/credentials-text.js'
import type {ValidationError, Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {word} from '../text/shell.js'

/** Longest file that is read for a key, in bytes. */
const MAX_BYTES = 1024 * 1024

/** The text of a file with a key in it, or of standard input for `-`; or why there is none. */
export async function readKeysFile(file: string): Promise<string | Problem> {
  try {
    const text = file === '-' ? await readStandardInput() : await readFile(file)
    const reading = readCredentials(text)
    const lacking = LACKING[reading.kind]
    if (lacking) return noKey(file, {what: lacking})
    return reading.kind === 'nothing' ? noKey(file, reading.complaint) : text
  } catch (error) {
    return unreadable(file, error)
  }
}

/** Nobody is there to be asked for the rest. */
const LACKING: Readonly<Partial<Record<CredentialsReading['kind'], SafeText>>> = {
  'secret-only': say`There is a secret access key, but no ID.`,
  'key-id-only': say`There is an access key ID, but no secret beside it.`,
  'needs-token': say`The key is temporary, as ASIA says, and its session token is missing.`,
}

/** Nothing of the file is repeated: it may hold other secrets. */
function noKey(file: string, {what}: ValidationError): Problem {
  const place = file === '-' ? say`standard input` : safe(basename(file))
  return {
    code: 'KEYS_FILE_WITHOUT_KEY',
    what: say`There is no access key in ${place}.`,
    why: what.startsWith('There is no access key')
      ? say`A key ID is AKIA or ASIA followed by 16 capital letters and digits.`
      : what,
    nextSteps: [
      say`Give the file that AWS made with the key: \`${program()} import accessKeys.csv\``,
      say`Or type the key: \`${program()} --path local\``,
    ],
  }
}

function unreadable(file: string, error: unknown): Problem {
  if (file.startsWith('s3://'))
    return {
      code: 'KEYS_FILE_UNREADABLE',
      what: say`${file} is an address in Amazon S3, not a file of this machine.`,
      why: say`A key is read from a file here, or from standard input.`,
      nextSteps: [say`Copy it first: \`aws s3 cp ${word(file)} accessKeys.csv\``],
    }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why = WHY[String(code)]
  return {
    code: 'KEYS_FILE_UNREADABLE',
    what: say`The access key could not be read from ${file === '-' ? 'standard input' : file}.`,
    why: why ? why(file) : safe(error instanceof Error ? error.message : error),
    nextSteps: [say`Name a file that can be read, as in \`${program()} import accessKeys.csv\``],
  }
}

const WHY: Readonly<Record<string, (file: string) => SafeText>> = {
  ENOENT: (file) => say`There is no file ${file}.`,
  ENOTDIR: (file) => say`There is no file ${file}.`,
  EISDIR: (file) => say`${file} is a folder.`,
  EACCES: (file) => say`This user may not read ${file}.`,
}

/** A pipe is read as well, as of `<(command)`: not without end, and without a wait for somebody who writes into it. */
async function readFile(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const bytes = Buffer.alloc(MAX_BYTES + 1)
  let size = 0
  try {
    for (let read = 1; read > 0 && size <= MAX_BYTES; size += read) read = await readMore(handle, bytes, size)
  } finally {
    await handle.close()
  }
  if (size > MAX_BYTES) throw new Error('It is larger than 1 MiB; a file with an access key has a few lines.')
  return bytes.toString('utf8', 0, size)
}

const WAIT_MS = 20

/** So many bytes; none at the end. */
async function readMore(handle: FileHandle, bytes: Buffer, from: number): Promise<number> {
  for (;;) {
    try {
      return (await handle.read(bytes, from, bytes.length - from)).bytesRead
    } catch (error) {
      // Whoever writes into the pipe is still at it.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      await sleep(WAIT_MS)
    }
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
