/** A person with a browser, played over plain HTTP: opens a page, presses a button, follows where it leads. */
import {request} from 'node:http'

const MAX_STEPS = 8
const MAX_PAGE_BYTES = 256 * 1024
const TIMEOUT_MS = 10_000

export interface VisitOptions {
  /** The button to press. Default allow. */
  readonly choose?: 'allow' | 'deny'
  /** Whom to sign in as; left out, the first that the page offers. */
  readonly username?: string
}

export interface Visited {
  /** Where the browser stands in the end, such as the program's own page on the loopback. */
  readonly url: string
  readonly status: number
  readonly page: string
}

/**
 * Visits a page of the portal and all that it leads to, on this machine only.
 * @throws Error for an address elsewhere, a page that goes round in circles, or a listener that is gone
 */
export async function visit(url: string, {choose = 'allow', username}: VisitOptions = {}): Promise<Visited> {
  let at = new URL(url)
  let form: string | undefined
  for (let step = 0; step < MAX_STEPS; step++) {
    const answer = await load(at, form)
    form = undefined
    if (answer.location !== undefined) {
      at = new URL(answer.location, at)
      continue
    }
    const fields = formOf(answer.page)
    if (fields === undefined) return {url: at.href, status: answer.status, page: answer.page}
    fields.set('choice', choose)
    if (username !== undefined) fields.set('username', username)
    form = fields.toString()
    at = new URL(at.pathname, at)
  }
  throw new Error('the page leads on without an end')
}

interface Loaded {
  readonly status: number
  readonly location?: string
  readonly page: string
}

function load(url: URL, form: string | undefined): Promise<Loaded> {
  if (url.protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new Error(`only pages of this machine are visited, not ${url.origin}`)
  }
  const headers = {
    accept: 'text/html',
    ...(form === undefined ? {} : {'content-type': 'application/x-www-form-urlencoded', origin: 'null'}),
  }
  return new Promise((resolve, reject) => {
    const method = form === undefined ? 'GET' : 'POST'
    const asked = request(url, {method, headers, agent: false, timeout: TIMEOUT_MS}, (response) => {
      const pieces: Buffer[] = []
      let length = 0
      response.on('data', (piece: Buffer) => {
        length += piece.length
        if (length > MAX_PAGE_BYTES) response.destroy(new Error('the page is too long'))
        else pieces.push(piece)
      })
      response.on('error', reject)
      response.on('end', () => {
        const {location} = response.headers
        resolve({
          status: response.statusCode ?? 0,
          page: Buffer.concat(pieces).toString('utf8'),
          ...(location === undefined ? {} : {location}),
        })
      })
    })
    asked.on('timeout', () => asked.destroy(new Error('the page did not come')))
    asked.on('error', reject)
    asked.end(form)
  })
}

/** The hidden fields of the page's POST form and the first of its choices; `undefined` without such a form. */
function formOf(page: string): URLSearchParams | undefined {
  const form = /<form method="post"[^>]*>([^]*?)<\/form>/.exec(page)?.[1]
  if (form === undefined || !form.includes('name="choice"')) return undefined
  const fields = new URLSearchParams()
  for (const [, name, value] of form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
    fields.append(plain(name!), plain(value!))
  }
  const username = /<option value="([^"]*)">/.exec(form)?.[1]
  if (username !== undefined) fields.set('username', plain(username))
  return fields
}

function plain(markup: string): string {
  const characters: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    '#13': '\r',
  }
  return markup.replace(/&(amp|lt|gt|quot|#39|#13);/g, (_, name: string) => characters[name]!)
}
