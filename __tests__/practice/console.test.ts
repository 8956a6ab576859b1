import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import fc from 'fast-check'
import {stsClient} from './clients.js'
import {rawCall} from './raw.js'
import {accessKeyCsv} from '../../src/practice/console/csv.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {runs, seed} from '../support/proof.js'

let practice: Practice
beforeEach(async () => {
  practice = await startPractice()
})
afterEach(() => practice.close())

const ADMIN_ARN = 'arn:aws:iam::aws:policy/AdministratorAccess'
const page = async (path: string) => (await fetch(`${practice.url}${path}`)).text()
const tokenOf = (html: string) => /name="token" value="([^"]+)"/.exec(html)![1]!

async function submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${practice.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  })
  return {status: response.status, location: response.headers.get('location'), html: await response.text()}
}

test('a person makes a user and a key, and the key works', async () => {
  const token = tokenOf(await page('/console/create-user'))
  const made = await submit('/console/create-user', {token, userName: 'morgan', policyArn: ADMIN_ARN})
  expect(made).toMatchObject({status: 303, location: '/console/users/morgan'})
  expect(await page('/console')).toContain('<a href="/console/users/morgan">morgan</a>')
  expect(await page('/console/users/morgan')).toContain('AdministratorAccess')

  const {status, html} = await submit('/console/users/morgan/access-keys', {token})
  expect(status).toBe(200)
  const accessKeyId = /id="key-id">([^<]+)</.exec(html)![1]!
  const secretAccessKey = /id="secret">([^<]+)</.exec(html)![1]!
  const csv = decodeURIComponent(/href="data:text\/csv;charset=utf-8,([^"]+)"/.exec(html)![1]!)
  expect(csv).toBe(`\ufeffAccess key ID,Secret access key\r\n${accessKeyId},${secretAccessKey}\r\n`)
  expect(html).toContain('download="morgan_accessKeys.csv"')

  const client = stsClient({url: practice.url, credentials: {accessKeyId, secretAccessKey}})
  expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(
    'arn:aws:iam::123456789012:user/morgan',
  )
  const later = await page('/console/users/morgan')
  expect(later).toContain(accessKeyId)
  expect(later).not.toContain(secretAccessKey)
})

test('every page says that it is practice, and may load nothing from outside', async () => {
  practice.newUser({userName: 'morgan'})
  for (const path of ['/console', '/console/create-user', '/console/users/morgan', '/console/nowhere']) {
    const response = await fetch(`${practice.url}${path}`)
    const html = await response.text()
    expect(html).toContain('<title>PRACTICE')
    expect(html).toContain('Nothing here is real.')
    const policy = response.headers.get('content-security-policy')!
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-([\w+/=]+)'; script-src 'nonce-\1'; form-action 'self'; /,
    )
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  }
})

test('what goes wrong is said on the page', async () => {
  const token = tokenOf(await page('/console/create-user'))
  const create = (userName: string, policyArn = ADMIN_ARN) =>
    submit('/console/create-user', {token, userName, policyArn})
  expect(await create('mor gan')).toMatchObject({
    status: 400,
    html: expect.stringContaining('Example: serverless-framework'),
  })
  await create('morgan')
  expect(await create('morgan')).toMatchObject({
    status: 409,
    html: expect.stringContaining('User with name morgan already exists.'),
  })
  expect(await create('other', 'nonsense')).toMatchObject({
    status: 404,
    html: expect.stringContaining('role="alert"'),
  })
  practice.issueKey({userName: 'morgan'})
  practice.issueKey({userName: 'morgan'})
  expect(await submit('/console/users/morgan/access-keys', {token})).toMatchObject({
    status: 409,
    html: expect.stringContaining('Cannot exceed quota for AccessKeysPerUser: 2'),
  })
})

describe('who is not let in', () => {
  const get = (target: string, host: string) =>
    rawCall(practice.url, {method: 'GET', target, headers: {host}, body: ''})

  test.each(['elsewhere.invalid', '127.0.0.1', 'localhost:1', '127.0.0.1.elsewhere.invalid:80'])(
    'a page that calls this machine %s',
    async (host) => {
      const {status, body} = await get('/console', host)
      expect(status).toBe(403)
      expect(body).not.toContain('Create user')
    },
  )

  test('while localhost is the same machine', async () => {
    expect((await get('/console', practice.url.replace('http://127.0.0.1', 'localhost'))).status).toBe(200)
  })

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['without the token', {}, {}],
    ['with another token', {token: 'x'.repeat(43)}, {}],
    ['with the token of another run', {token: 'other-run'}, {}],
    ['from another origin', {token: 'own'}, {origin: 'http://elsewhere.invalid'}],
  ])('a form %s', async (_, fields, headers) => {
    const own = tokenOf(await page('/console/create-user'))
    const other = await startPractice()
    const otherRun = tokenOf(await (await fetch(`${other.consoleUrl}/create-user`)).text())
    await other.close()
    const tokens: Record<string, string> = {own, 'other-run': otherRun}
    const token = fields['token'] === undefined ? {} : {token: tokens[fields['token']] ?? fields['token']}
    const {status} = await submit(
      '/console/create-user',
      {...token, userName: 'eve', policyArn: ADMIN_ARN},
      headers,
    )
    expect(status).toBe(403)
    expect(practice.account.users.has('eve')).toBe(false)
  })
})

test('property: names from outside are text on every page, whatever they are', async () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'-alert(1)-'",
      '</title><b>',
      '&lt;',
      '\u0000\u0007',
    ),
    fc.string({unit: 'binary', minLength: 1, maxLength: 30}),
  )
  await fc.assert(
    fc.asyncProperty(hostile, async (name) => {
      practice.account.users.clear()
      practice.account.addUser(name)
      const plain = (html: string) => html.replace(/nonce="[^"]+"/g, '').replace(/value="[^"]+"/g, '')
      const tagsOf = (html: string) =>
        plain(html)
          .match(/<[^>]*>/g)!
          .map((tag) => tag.replace(/href="[^"<>]*"/, 'href'))
      const users = await page('/console')
      practice.account.users.clear()
      practice.account.addUser('plain')
      expect(tagsOf(users)).toEqual(tagsOf(await page('/console')))
      expect(users).not.toMatch(/href="(?!\/console)/)
    }),
    {numRuns: runs(60), seed},
  )
})

test('the CSV varieties of the console', () => {
  const key = {accessKeyId: 'AKIAQQQQQQQQQQQQQQQQ', secretAccessKey: 'abc+/='}
  expect(accessKeyCsv(key, {hasBom: false})).toBe(
    'Access key ID,Secret access key\r\nAKIAQQQQQQQQQQQQQQQQ,abc+/=\r\n',
  )
  expect(accessKeyCsv(key, {hasBom: false, userName: 'a,"b"'})).toBe(
    'User name,Access key ID,Secret access key\r\n"a,""b""",AKIAQQQQQQQQQQQQQQQQ,abc+/=\r\n',
  )
})

test('CloudShell prints what aws iam create-access-key prints', async () => {
  const text = practice.cloudShell({userName: 'morgan', policyArn: ADMIN_ARN})
  const {AccessKey: key} = JSON.parse(text) as {AccessKey: Record<string, string>}
  expect(text).toMatch(/^\{\n {4}"AccessKey": \{\n {8}"UserName": "morgan",\n {8}"AccessKeyId": "AKIA/)
  expect(key['CreateDate']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
  const credentials = {accessKeyId: key['AccessKeyId']!, secretAccessKey: key['SecretAccessKey']!}
  const client = stsClient({url: practice.url, credentials})
  expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(
    'arn:aws:iam::123456789012:user/morgan',
  )
  expect(() => practice.cloudShell({userName: 'morgan'})).toThrow('User with name morgan already exists.')
  expect(() => practice.cloudShell({userName: 'new', policyDocument: '{'})).toThrow(
    'Syntax errors in policy.',
  )
  expect(practice.account.users.has('new')).toBe(false)
})
