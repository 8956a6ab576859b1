/** The pages of the practice Dashboard, and the one that stands for quick-create of CloudFormation. */
import type {Stack, StackRequest, StackStatus} from './state.js'
import {document, problemLine, tokenField, type Frame} from '../page.js'
import {escapeMarkup as e} from '../xml.js'

/** The real page keeps its parameters behind `#`, which no server sees: the browser itself hands them on. */
const HAND_ON_SCRIPT = `
const query = location.hash.split('?')[1]
if (location.hash.startsWith('#/stacks/quickcreate') && query) location.replace('/dashboard/create-stack?' + query)`

export function loginPage(frame: Frame, transactionId: string): string {
  return dashboardPage(
    frame,
    'Log in or register',
    `<h1>Log in or register</h1>
<p>A program in your terminal asks to use your Serverless account. Deny when you did not start it yourself.</p>
<form method="post" action="/dashboard/login">${tokenField(frame)}
<input type="hidden" name="transactionId" value="${e(transactionId)}">
<button name="choice" value="allow">Allow</button> <button name="choice" value="deny">Deny</button></form>`,
  )
}

export function noticePage(frame: Frame, title: string, text: string): string {
  return dashboardPage(frame, title, `<h1>${e(title)}</h1><p>${e(text)}</p>`)
}

export function problemPage(frame: Frame, problem: string): string {
  return dashboardPage(frame, 'Not possible', `<h1>Not possible</h1>${problemLine(problem)}`)
}

export function handOnPage(frame: Frame): string {
  const body = `<h1>Quick create stack</h1>
<p>The address has no stack in it. Open the whole address that your terminal shows.</p>`
  return stackDocument(frame, 'Quick create stack', body, HAND_ON_SCRIPT)
}

export function createStackPage(frame: Frame, {stackName, alias, roleName, orgUid}: StackRequest): string {
  const rows = {'Stack name': stackName, Alias: alias, RoleName: roleName, OrgUid: orgUid}
  const hidden = {stackName, param_Alias: alias, param_RoleName: roleName, param_OrgUid: orgUid}
  return stackDocument(
    frame,
    'Quick create stack',
    `<h1>Quick create stack</h1>${table(rows)}
<p>The stack makes an IAM role that the Serverless Dashboard may use to deploy.</p>
<form method="post" action="/dashboard/create-stack">${tokenField(frame)}${Object.entries(hidden)
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${e(value)}">`)
      .join('')}
<button name="choice" value="allow">Create stack</button> <button name="choice" value="deny">Cancel</button></form>`,
  )
}

export function stackPage(frame: Frame, stack: Stack, status: StackStatus): string {
  return stackDocument(
    frame,
    stack.stackName,
    `<h1>${e(stack.stackName)}</h1>${table({Status: status, RoleName: stack.roleName})}
${problemLine(status === 'ROLLBACK_COMPLETE' ? stack.failure : undefined)}
<p>${status === 'CREATE_IN_PROGRESS' ? 'Reload the page to see how far it is.' : 'You can close this page and go back to your terminal.'}</p>`,
  )
}

function table(rows: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rows).map(
    ([name, value]) => `<tr><th scope="row">${e(name)}</th><td><code>${e(value)}</code></td></tr>`,
  )
  return `<table><tbody>${lines.join('')}</tbody></table>`
}

function dashboardPage(frame: Frame, title: string, body: string): string {
  return document(frame, {title, instead: 'the Serverless Dashboard', nav: '', body})
}

function stackDocument(frame: Frame, title: string, body: string, script?: string): string {
  const parts = {title, instead: 'the AWS CloudFormation console', nav: '', body}
  return document(frame, script === undefined ? parts : {...parts, script})
}
