/** The pages on which a person allows a program to sign in. */
import type {AuthorizeRequest} from './authorize.js'
import {document, problemLine, tokenField, type Frame} from '../page.js'
import type {DeviceAttempt} from '../sign-in-entities.js'
import {escapeMarkup as e} from '../xml.js'

export interface PortalFrame extends Frame {
  readonly usernames: readonly string[]
}

export function authorizePage(frame: PortalFrame, {client, fields}: AuthorizeRequest): string {
  return portalPage(
    frame,
    'Allow access',
    `<h1>Allow access?</h1>
<p><strong>${e(client.name)}</strong> asks to use your AWS accounts.</p>${scopesOf(client.scopes)}
<form method="post" action="/authorize">${tokenField(frame)}${hidden(fields)}${choice(frame)}</form>`,
  )
}

export function enterCodePage(frame: PortalFrame, problem?: string): string {
  return portalPage(
    frame,
    'Enter the code',
    `<h1>Enter the code</h1>${problemLine(problem)}
<form method="get" action="/device">
<label>Code from your terminal <input name="user_code" required maxlength="9" placeholder="BCDF-GHJK" autocomplete="off"></label>
<button>Next</button></form>`,
  )
}

export function confirmCodePage(frame: PortalFrame, {client, userCode}: DeviceAttempt): string {
  return portalPage(
    frame,
    'Confirm the code',
    `<h1>Is this the code in your terminal?</h1>
<p><code id="user-code">${e(userCode)}</code></p>
<p><strong>${e(client.name)}</strong> asks to use your AWS accounts. Deny when you did not start it yourself.</p>${scopesOf(client.scopes)}
<form method="post" action="/device">${tokenField(frame)}${hidden({user_code: userCode})}${choice(frame)}</form>`,
  )
}

export function donePage(frame: PortalFrame, isAllowed: boolean): string {
  const [title, text] = isAllowed
    ? ['Request approved', 'You can close this page and go back to your terminal.']
    : ['Request denied', 'Nobody was signed in. You can close this page.']
  return portalPage(frame, title!, `<h1>${e(title!)}</h1><p>${e(text!)}</p>`)
}

export function problemPage(frame: PortalFrame, problem: string): string {
  return portalPage(frame, 'Not possible', `<h1>Not possible</h1>${problemLine(problem)}`)
}

function portalPage(frame: PortalFrame, title: string, body: string): string {
  return document(frame, {title, instead: 'the AWS access portal', nav: '', body})
}

function choice({usernames}: PortalFrame): string {
  const options = usernames.map((name) => `<option value="${e(name)}">${e(name)}</option>`)
  return `<label>Sign in as <select name="username">${options.join('')}</select></label>
<button name="choice" value="allow">Allow access</button> <button name="choice" value="deny">Deny access</button>`
}

function hidden(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${e(name)}" value="${e(value)}">`)
    .join('')
}

function scopesOf(scopes: readonly string[]): string {
  return scopes.length === 0
    ? ''
    : `<ul aria-label="What it may do">${scopes.map((scope) => `<li><code>${e(scope)}</code></li>`).join('')}</ul>`
}
