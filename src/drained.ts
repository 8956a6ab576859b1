/**
 * Resolves once everything that was written has left this process, or never can: `process.exit` cuts off what a pipe
 * has not taken yet.
 */
export async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return
  await new Promise<void>((resolve) => {
    stream.once('close', resolve)
    stream.write('', () => resolve())
  })
}

/** A reader that has gone (`| head -1`) is no fault of ours, and ends the program as quietly as others are ended. */
export function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
