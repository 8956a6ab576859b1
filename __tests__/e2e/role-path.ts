import {expect} from '@jest/globals'
import type {Terminal} from '../support/terminal.js'
import type {Scene} from './wizard.js'

/** The address that is on the screen, taken as a person takes it: by the key that copies it. */
export async function copiedPage(terminal: Terminal): Promise<string> {
  const copies = () => [...terminal.raw.toString('latin1').matchAll(/\x1b\]52;c;([A-Za-z0-9+/=]+)/g)]
  const before = copies().length
  terminal.press('c')
  await terminal.until(() => copies().length > before, {expected: 'a copy of the address'})
  return Buffer.from(copies().at(-1)![1]!, 'base64').toString('utf8').trim()
}

/** From the question to the Dashboard's list of organisations, with the person signing in on the page. */
export async function signIn(terminal: Terminal, {practice}: Scene): Promise<void> {
  await terminal.see('Sign in to the Serverless Dashboard')
  await terminal.see('The sign-in is kept in ~/.serverlessrc')
  terminal.press('enter')
  await terminal.see('Waiting for you to finish in the browser')
  const page = await copiedPage(terminal)
  expect(page).toContain('client=cli')
  await practice.dashboard.visit(page, {choose: 'allow'})
}

/** From the explanation of the role to the screen that waits for it. */
export async function openRolePage(terminal: Terminal): Promise<string> {
  await terminal.see('What will be made in your AWS account')
  terminal.press('enter')
  await terminal.see('Waiting for AWS to make the role')
  return copiedPage(terminal)
}

/** The tokens that were kept, and the file that may hold them. */
export function keptTokens({home}: Scene): readonly string[] {
  const {userId, users} = JSON.parse(home.read('.serverlessrc')) as {
    userId: string
    users: Record<string, {dashboard: Record<'idToken' | 'accessToken' | 'refreshToken', string>}>
  }
  const {idToken, accessToken, refreshToken} = users[userId]!.dashboard
  return [idToken, accessToken, refreshToken]
}
