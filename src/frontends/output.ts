/**
 * The way text leaves this program, terminals that are redrawn aside. A pipe or a file is written to at once, for two
 * reasons: `process.exit` cuts off what a stream still holds, and loading Node's streams takes three milliseconds.
 */
import {fstatSync, writeSync} from 'node:fs'

export interface Output {
  readonly isTTY: boolean
  /** Columns of the terminal. */
  readonly columns?: number
  /** False once nobody reads any more (`| head -1`). */
  write(text: string): boolean
}

let outputs:
  {readonly out: ReturnType<typeof outputTo>; readonly err: ReturnType<typeof outputTo>} | undefined

/** Standard output. */
export function out(): Output {
  return (outputs ??= {out: outputTo(1), err: outputTo(2)}).out
}

/** Standard error. */
export function err(): Output {
  return (outputs ??= {out: outputTo(1), err: outputTo(2)}).err
}

/** Resolves once all that was written has left this process, or never can. */
export async function drained(): Promise<void> {
  await Promise.all([outputs?.out.drained(), outputs?.err.drained()])
}

function outputTo(fd: 1 | 2): Output & {drained(): Promise<void>} {
  let stream = isTerminal(fd) ? streamOf(fd) : undefined
  let isClosed = false
  return {
    isTTY: stream?.isTTY ?? false,
    get columns() {
      return stream?.columns ?? 0
    },
    write(text) {
      if (isClosed) return false
      if (!stream) {
        const rest = writeNow(fd, Buffer.from(text))
        if (rest === undefined) isClosed = true
        else if (rest.length > 0) {
          // Whoever has the other end does not let us wait: from now on the stream keeps what is left.
          stream = streamOf(fd)
          stream.write(rest)
        }
      } else stream.write(text)
      return !isClosed && !stream?.destroyed
    },
    drained: async () => drainedStream(stream),
  }
}

/** Only then a stream is needed at once; what else counts as a character device makes no difference. */
function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice()
  } catch {
    return true
  }
}

function streamOf(fd: 1 | 2): NodeJS.WriteStream {
  const stream = fd === 1 ? process.stdout : process.stderr
  stream.on('error', (error: NodeJS.ErrnoException) => lost(fd, error))
  return stream
}

let failure: NodeJS.ErrnoException | undefined

/** Why standard output could not take all of it: a full disk. That a reader has gone is no fault of anybody's. */
export function outputFailure(): NodeJS.ErrnoException | undefined {
  return failure
}

/** What goes wrong with standard error ends nothing: it carries remarks. */
function lost(fd: 1 | 2, error: NodeJS.ErrnoException): void {
  if (fd === 1 && error.code !== 'EPIPE' && error.code !== 'EIO') failure ??= error
}

/** What could not be written without waiting; `undefined` when nobody reads. */
function writeNow(fd: 1 | 2, bytes: Uint8Array): Uint8Array | undefined {
  let rest = bytes
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return rest
      lost(fd, error as NodeJS.ErrnoException)
      return undefined
    }
  }
  return rest
}

async function drainedStream(stream: NodeJS.WriteStream | undefined): Promise<void> {
  if (!stream) return
  // That a device takes nothing is told by an event.
  await new Promise((resolve) => setImmediate(resolve))
  if (stream.destroyed || stream.writableLength === 0) return
  await new Promise<void>((resolve) => {
    stream.once('close', resolve)
    stream.write('', () => resolve())
  })
}
