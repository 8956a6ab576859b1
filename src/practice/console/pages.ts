/** The pages of the practice console, each a whole document without anything from outside. */
import type {PracticeAccount} from '../account.js'
import type {PracticeAccessKey, User} from '../entities.js'
import {accessKeyCsv} from './csv.js'
import {document, problemLine, tokenField, type Frame} from '../page.js'
import {escapeMarkup as e, isoSeconds} from '../xml.js'

export interface PageFrame extends Frame {
  readonly account: PracticeAccount
}

const COPY_SCRIPT = `
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.addEventListener('click', async () => {
    const {textContent} = document.getElementById(button.dataset.copy)
    await navigator.clipboard.writeText(textContent)
    button.textContent = 'Copied'
  })
}`

export function usersPage(frame: PageFrame): string {
  const rows = [...frame.account.users.values()].map(
    (
      user,
    ) => `<tr><td><a href="${userPath(user)}">${e(user.name)}</a></td><td>${e(policiesOf(frame.account, user))}</td>
<td>${frame.account.keysOf({kind: 'user', user}).length}</td></tr>`,
  )
  return consolePage(
    frame,
    'Users',
    `<h1>Users</h1><p><a href="/console/create-user">Create user</a></p>
<table><thead><tr><th scope="col">User name</th><th scope="col">Permissions</th><th scope="col">Access keys</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`,
  )
}

export function createUserPage(frame: PageFrame, problem?: string): string {
  const options = [...frame.account.policies.values()].map(
    (policy) => `<option value="${e(policy.arn)}">${e(policy.name)}</option>`,
  )
  return consolePage(
    frame,
    'Create user',
    `<h1>Create user</h1>${problemLine(problem)}
<form method="post" action="/console/create-user">${tokenField(frame)}
<label>User name <input name="userName" required maxlength="64" value="serverless-framework"></label>
<label>Attach policies directly <select name="policyArn">${options.join('')}</select></label>
<button>Create user</button></form>`,
  )
}

export function userPage(frame: PageFrame, user: User, problem?: string): string {
  const rows = frame.account
    .keysOf({kind: 'user', user})
    .map(
      (key) =>
        `<tr><td><code>${e(key.accessKeyId)}</code></td><td>${key.status}</td><td>${isoSeconds(key.createdAt)}</td></tr>`,
    )
  return consolePage(
    frame,
    user.name,
    `<h1>${e(user.name)}</h1><p>Permissions: ${e(policiesOf(frame.account, user))}</p>
<h2>Security credentials</h2>${problemLine(problem)}
<table><thead><tr><th scope="col">Access key ID</th><th scope="col">Status</th><th scope="col">Created</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>
<form method="post" action="${userPath(user)}/access-keys">${tokenField(frame)}<button>Create access key</button></form>`,
  )
}

/** The only page that shows a secret, and only in answer to the form that made it. */
export function newKeyPage(frame: PageFrame, user: User, key: PracticeAccessKey): string {
  const secretAccessKey = key.secret.reveal()
  const csv = accessKeyCsv({accessKeyId: key.accessKeyId, secretAccessKey})
  return consolePage(
    frame,
    'Access key created',
    `<h1>Access key created</h1><p>This is the only time that the secret access key can be viewed.</p>
<p>Access key: <code id="key-id">${e(key.accessKeyId)}</code> <button type="button" data-copy="key-id">Copy</button></p>
<p>Secret access key: <code id="secret">${e(secretAccessKey)}</code> <button type="button" data-copy="secret">Copy</button></p>
<p><a download="${e(user.name)}_accessKeys.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(csv)}">Download .csv file</a></p>
<p><a href="${userPath(user)}">Done</a></p>`,
  )
}

export function problemPage(frame: PageFrame, problem: string): string {
  return consolePage(
    frame,
    'Not possible',
    `<h1>Not possible</h1>${problemLine(problem)}<p><a href="/console">Users</a></p>`,
  )
}

export function userPath(user: Pick<User, 'name'>): string {
  return `/console/users/${encodeURIComponent(user.name)}`
}

function consolePage(frame: PageFrame, title: string, body: string): string {
  const nav = `<nav aria-label="Console"><a href="/console">Users</a> · account ${e(frame.account.id)}</nav>`
  return document(frame, {title, instead: 'the AWS console', nav, body, script: COPY_SCRIPT})
}

function policiesOf(account: PracticeAccount, user: User): string {
  const attached = [...user.attached].map((arn) => account.policies.get(arn)?.name ?? arn)
  return (
    [...attached, ...user.inline.keys(), ...[...user.groups].map((group) => `group ${group}`)].join(', ') ||
    'none'
  )
}
