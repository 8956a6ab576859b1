/** Who may talk to the practice console: this machine's browser, from the console's own pages. */
import {randomBytes, timingSafeEqual} from 'node:crypto'
import type {IncomingMessage} from 'node:http'

export function newCsrfToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Another name in Host is a page from outside that pointed its own name at this machine. */
export function isOwnHost(incoming: IncomingMessage, port: number): boolean {
  return incoming.headers.host === `127.0.0.1:${port}` || incoming.headers.host === `localhost:${port}`
}

/**
 * A form is taken only with this run's token, and never from another origin. Browsers send `null` for our own
 * forms, because the pages ask for no referrer.
 */
export function isOwnForm(incoming: IncomingMessage, given: string | null, token: string): boolean {
  const {origin, host} = incoming.headers
  if (origin !== undefined && origin !== 'null' && origin !== `http://${host}`) return false
  const a = Buffer.from(given ?? '')
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}
