/** What every page of the practice server has in common: its look, its frame and its protecting headers. */
import type {ServerResponse} from 'node:http'
import {escapeMarkup as e} from './xml.js'

/** The token of a page's forms and the nonce of its style and script. */
export interface Frame {
  readonly csrfToken: string
  readonly nonce: string
}

export type PageAnswer =
  {readonly status: number; readonly page: string} | {readonly status: 302 | 303; readonly location: string}

const STYLE = `
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#16191f;background:#f2f3f3}
.practice{background:#8d2b0b;color:#fff;padding:.5rem 1.5rem;font-weight:600}
nav,main{max-width:52rem;margin:0 auto;padding:1rem 1.5rem}
main{background:#fff;border:1px solid #d5dbdb}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.5rem;border-bottom:1px solid #eaeded}
label{display:block;margin:.75rem 0}input,select,button{font:inherit;padding:.35rem .6rem}
code{font:15px ui-monospace,monospace;overflow-wrap:anywhere;user-select:all}
.problem{border-left:4px solid #b00020;padding:.25rem .75rem}`

/** A whole document without anything from outside; `nav`, `body` and `script` are markup, `title` is text. */
export function document(
  {nonce}: Pick<Frame, 'nonce'>,
  {
    title,
    instead,
    nav,
    body,
    script,
  }: Record<'title' | 'instead' | 'nav' | 'body', string> & {script?: string},
): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>PRACTICE – ${e(title)}</title>
<meta name="viewport" content="width=device-width"><style nonce="${nonce}">${STYLE}</style></head>
<body><div class="practice" role="note">PRACTICE – a stand-in for ${e(instead)} on this computer. Nothing here is real.</div>
${nav}<main>${body}</main>
${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>`}</body></html>
`
}

export function problemLine(problem: string | undefined): string {
  return problem === undefined ? '' : `<p class="problem" role="alert">${e(problem)}</p>`
}

export function tokenField({csrfToken}: Frame): string {
  return `<input type="hidden" name="token" value="${e(csrfToken)}">`
}

/** @param formTargets origins that a form's answer may lead on to: browsers hold redirects to `form-action` too */
export function sendPage(
  response: ServerResponse,
  {nonce}: Frame,
  answer: PageAnswer,
  formTargets: readonly string[] = [],
): void {
  const targets = ["'self'", ...formTargets].join(' ')
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  )
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  if ('location' in answer) {
    response.writeHead(answer.status, {Location: answer.location, 'Content-Length': 0}).end()
    return
  }
  const body = Buffer.from(answer.page, 'utf8')
  response.writeHead(answer.status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
  })
  response.end(body)
}
