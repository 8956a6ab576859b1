/** A line of Node's own debug log: `HTTP 4711: createConnection …`, the number in colours on a terminal. */
const DEBUG_LINE = /^[A-Z0-9_]+ (?:\x1b\[\d+m)?\d+(?:\x1b\[\d+m)?: /

let isSilenced = false

/**
 * Keeps Node's debug log off the screen. With NODE_DEBUG=http it prints the headers of each request: the signature and
 * the session token. Node reads the variable before any of our code runs, so taking it away helps child processes only;
 * in this process the lines are stopped where they are written.
 */
export function silenceNodeDebug(): void {
  if (!process.env['NODE_DEBUG'] || isSilenced) return
  isSilenced = true
  delete process.env['NODE_DEBUG']
  const write = process.stderr.write.bind(process.stderr) as (...args: unknown[]) => boolean
  process.stderr.write = (chunk: unknown, ...rest: unknown[]) =>
    typeof chunk === 'string' && DEBUG_LINE.test(chunk) ? true : write(chunk, ...rest)
}
