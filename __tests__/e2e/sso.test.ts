import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, rmSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import type {Terminal} from '../support/terminal.js'
import {converse, open, runScript, scene, type Scene} from './wizard.js'

const START = 'https://d-1234567890.awsapps.com/start'
const CACHE = `.aws/sso/cache/${createHash('sha1').update('acme').digest('hex')}.json`
const WRITTEN = `[sso-session acme]
sso_start_url = ${START}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = AdministratorAccess
region = eu-west-1
`

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

const identityCenter = () => stage.practice.identityCenter
const userCode = (terminal: Terminal) => /\b[A-Z]{4}-[A-Z]{4}\b/.exec(terminal.screen().join('\n'))?.[0] ?? ''
const token = () => JSON.parse(stage.home.read(CACHE)) as Record<string, string>

/** From the start URL to the screen that waits for the browser. */
async function toTheCode(terminal: Terminal): Promise<void> {
  await terminal.see('Start URL:')
  terminal.type(START)
  await terminal.see(START)
  terminal.press('enter')
  await terminal.see('In which region is IAM Identity Center?')
  terminal.type('ireland')
  await terminal.see('eu-west-1')
  terminal.press('enter')
  await terminal.see('A name for this session:')
  terminal.type('acme')
  await terminal.see('acme')
  terminal.press('enter')
  await terminal.see('Waiting for you')
}

/** From the list of accounts to the receipt, for one role of the practice account. */
async function toTheReceipt(terminal: Terminal): Promise<void> {
  await terminal.see('What do you want profiles for?')
  terminal.press('enter')
  await terminal.see('Which account?')
  terminal.type('practice')
  await terminal.see('123456789012')
  terminal.press('enter')
  await terminal.see('Which role')
  terminal.press('enter')
  await fromTheProfile(terminal)
}

async function fromTheProfile(terminal: Terminal): Promise<void> {
  await terminal.see('Save it in which profile?')
  terminal.type('dev')
  await terminal.see('dev')
  terminal.press('enter')
  await terminal.see('Which region do you deploy to?')
  terminal.press('enter')
  await terminal.see('Write this?')
  expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
  terminal.press('enter')
  await terminal.see('set up and verified')
}

for (const {cols, rows} of [
  {cols: 80, rows: 24},
  {cols: 60, rows: 20},
]) {
  describe(`in a terminal of ${cols}x${rows}`, () => {
    test('a newcomer goes from the first screen to a verified profile without a key', async () => {
      const terminal = await open(stage, {cols, rows})
      await terminal.see('AWS Credentials Set-Up Method:')
      terminal.press('down', 'down', 'enter')
      await terminal.see('Set up AWS SSO now')
      terminal.press('enter')
      await toTheCode(terminal)
      const code = userCode(terminal)
      expect(code).not.toBe('')
      identityCenter().approveDevice(code)
      await toTheReceipt(terminal)
      await terminal.see('serverless deploy --aws-profile dev')
      // Its role may deploy, so nothing is said of rights.
      expect(terminal.raw.toString()).not.toContain('could not be read')
      terminal.press('enter')
      expect(await terminal.exit()).toMatchObject({code: 0})
      expect(await terminal.restored()).toEqual([])
      terminal.widthOk()
      expect(stage.home.read('.aws/config')).toBe(WRITTEN)
      expect(statSync(join(stage.home.path, CACHE)).mode & 0o777).toBe(0o600)
      expect(statSync(join(stage.home.path, '.aws/sso/cache')).mode & 0o777).toBe(0o700)
      const {accessToken = '', refreshToken = '', clientSecret = ''} = token()
      const secrets = [accessToken, refreshToken, clientSecret]
      expect(secrets.every((secret) => secret.length > 10)).toBe(true)
      expect(findCanary(terminal.raw, secrets)).toEqual([])
      const kept = readdirSync(join(stage.home.path, '.aws/sso/cache')).map(
        (name) => `.aws/sso/cache/${name}`,
      )
      expect(findCanary({dir: stage.home.path, except: kept}, secrets)).toEqual([])
    })
  })
}

describe('roles that can deploy, and those that can not', () => {
  test.each([
    ['legacy', 'may only read', '!', 'Rights for certain names only may still be enough.'],
    ['reports', 'may not look', '✔', 'serverless deploy could not be read: this key may not look'],
  ])('in the account of %s a role that %s: said below the next command', async (name, _what, mark, words) => {
    const terminal = await open(stage, {cols: 60, rows: 20, args: ['sso', '--device-code']})
    await toTheCode(terminal)
    identityCenter().approveDevice()
    await terminal.see('What do you want profiles for?')
    terminal.press('enter')
    await terminal.see('Which account?')
    terminal.type(name)
    await terminal.see(/❯ \d{12}/)
    terminal.press('enter')
    if (name === 'reports') {
      await terminal.see('Which role')
      terminal.press('enter')
    }
    await fromTheProfile(terminal)
    await terminal.see('serverless deploy --aws-profile dev')
    if (mark === '!') await terminal.see('This role lacks rights that a deploy needs')
    // More pages than there are: the last ones change nothing, the choice least of all.
    terminal.press('pagedown', 'pagedown', 'pagedown', 'pagedown')
    await terminal.see('When the session has ended')
    terminal.press('pageup')
    await terminal.see(`${mark} dev `)
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(terminal.scrollback().join(' ').replace(/\s+/g, ' ')).toContain(words)
  })

  test('the list begins at an account and a role that a first deploy is likely to go to', async () => {
    const terminal = await open(stage, {args: ['sso', '--device-code']})
    await toTheCode(terminal)
    identityCenter().approveDevice()
    await terminal.see('What do you want profiles for?')
    terminal.press('enter')
    await terminal.see(/❯ 123456789012 {2}Practice/)
    terminal.press('enter')
    await terminal.see(/❯ AdministratorAccess/)
    terminal.press('esc')
    await terminal.see('Which account?')
    terminal.type('data lake')
    await terminal.see(/❯ 222222222202/)
    terminal.press('enter')
    await terminal.see(/❯ PowerUserAccess/)
    terminal.press('ctrl+c')
    await terminal.exit()
  })
})

describe('wrong turns', () => {
  test('a start URL that is none is refused with an example of right', async () => {
    const terminal = await open(stage, {args: ['sso']})
    await terminal.see('Start URL:')
    terminal.type('acme')
    terminal.press('enter')
    await terminal.see('https://acme.awsapps.com/start')
    terminal.press('ctrl+u')
    terminal.type('http://acme.awsapps.com/start')
    terminal.press('enter')
    await terminal.see('by https only')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
  })

  test('denied in the browser, then done with another code', async () => {
    const terminal = await open(stage, {args: ['sso', '--device-code']})
    await toTheCode(terminal)
    identityCenter().denyDevice(userCode(terminal))
    await terminal.see('SSO_DENIED')
    // Nothing of the session is in a file yet: what is told does without its name.
    await terminal.see('serverless-setup sso --start-url')
    expect(terminal.screen().join('\n')).not.toContain('--session')
    terminal.press('enter')
    await terminal.see('Waiting for you')
    identityCenter().approveDevice()
    await toTheReceipt(terminal)
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
  })

  test('an expired code is told as one; Esc goes back to the name of the session', async () => {
    const terminal = await open(stage, {args: ['sso', '--device-code']})
    await toTheCode(terminal)
    identityCenter().expireDevice(userCode(terminal))
    await terminal.see('SSO_CODE_EXPIRED')
    terminal.press('esc')
    await terminal.see('A name for this session:')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
  })

  test('the other way to sign in is one key away, and back again', async () => {
    const terminal = await open(stage, {args: ['sso', '--browser']})
    await toTheCode(terminal)
    await terminal.see('Sign in to AWS in your browser')
    terminal.press('s')
    await terminal.see('Sign in to AWS with a code')
    terminal.press('c')
    await terminal.see('Copied')
    expect(terminal.raw.toString()).toContain(Buffer.from(`${userCode(terminal)}\n`).toString('base64'))
    terminal.press('s')
    await terminal.see('Sign in to AWS in your browser')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(await terminal.restored()).toEqual([])
  })

  test('AWS that cannot be reached is told as that, and not as a bad sign-in', async () => {
    const terminal = await open(stage, {
      args: ['sso', '--device-code'],
      env: {AWS_ENDPOINT_URL: 'http://127.0.0.1:9'},
    })
    await terminal.see('Start URL:')
    terminal.type(START)
    terminal.press('enter')
    await terminal.see('In which region')
    terminal.press('enter')
    await terminal.see('A name for this session:')
    terminal.press('enter')
    await terminal.see('CONNECTION_REFUSED')
    await terminal.see('This says nothing about your')
    terminal.press('up', 'enter')
    expect(await terminal.exit()).toMatchObject({code: 1})
  })
})

/** What `sso` is told by a script. */
const OPTIONS = [
  ...['--start-url', START, '--sso-region', 'eu-west-1', '--session', 'acme'],
  ...[
    '--account',
    '1234-5678-9012',
    '--role',
    'AdministratorAccess',
    '--profile',
    'dev',
    '--region',
    'eu-west-1',
  ],
]

/** Signed in and set up, as a script does it. */
async function setUp(): Promise<void> {
  identityCenter().autoApprove()
  const {code, stderr} = await runScript(stage, ['sso', ...OPTIONS, '--device-code', '--yes'])
  if (code !== 0) throw new Error(stderr)
  identityCenter().autoApprove(false)
}

describe('for scripts and agents', () => {
  test('everything can be given beforehand; the code stands on standard error', async () => {
    identityCenter().autoApprove(300)
    const {code, stdout, stderr} = await runScript(stage, ['sso', ...OPTIONS, '--device-code', '--yes'])
    expect(code).toBe(0)
    expect(stderr).toMatch(/Your code, which[^\n]*\n[A-Z]{4}-[A-Z]{4}/)
    expect(stdout).toContain('serverless deploy --aws-profile dev')
    expect(stage.home.read('.aws/config')).toBe(WRITTEN)
  })

  test('a key that the profile had is said to be taken out, and how it comes back', async () => {
    const key = 'aws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = x\n'
    stage.home.write('.aws/credentials', `[dev]\n${key}`)
    identityCenter().autoApprove(300)
    const {code, stdout} = await runScript(stage, ['sso', ...OPTIONS, '--device-code', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Taken out +aws_access_key_id, aws_secret_access_key/)
    expect(stdout).toContain('To take it back: `serverless-setup undo`')
    expect(stage.home.read('.aws/credentials')).not.toContain('AKIA')
    expect((await runScript(stage, ['undo', '--yes'])).code).toBe(0)
    expect(stage.home.read('.aws/credentials')).toBe(`[dev]\n${key}`)
    const again = await converse(
      stage,
      ['sso', ...OPTIONS, '--device-code', '--json', '--yes'],
      () => undefined,
    )
    expect(again.lines.at(-1)).toMatchObject({
      outcome: 'saved',
      changes: [{removed: []}, {removed: ['aws_access_key_id', 'aws_secret_access_key']}],
    })
  })

  test('in JSON lines: the page stands in the panels, the answers go line by line', async () => {
    const seen: string[] = []
    const {code, lines} = await converse(
      stage,
      ['sso', ...OPTIONS, '--browser', '--json', '--yes'],
      (line) => {
        seen.push(String(line['id'] ?? line['type']))
        if (line['id'] !== 'sso-waiting' || !line['panels']) return undefined
        const link = (line['panels'] as {kind: string; url?: string}[]).find(({kind}) => kind === 'link')
        void identityCenter().visit(link?.url ?? '', {choose: 'allow'})
        return undefined
      },
    )
    expect(code).toBe(0)
    expect(seen).toContain('sso-waiting')
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      outcome: 'saved',
      profiles: ['dev'],
      accountId: '123456789012',
      next_step: 'serverless deploy --aws-profile dev --region eu-west-1',
    })
    expect(token()['accessToken']).toBeTruthy()
  })

  test('a dry run begins no sign-in at AWS, and shows the profiles where one is there', async () => {
    identityCenter().autoApprove()
    const calls = () => stage.practice.log.entries.length
    for (const args of [
      ['sso', ...OPTIONS],
      ['sso', 'login', '--session', 'acme'],
    ]) {
      const before = calls()
      if (args.includes('login'))
        stage.home.write(
          '.aws/config',
          `[sso-session acme]\nsso_start_url = ${START}\nsso_region = eu-west-1\n`,
        )
      const {code, stdout} = await runScript(stage, [...args, '--device-code', '--dry-run'])
      expect(code).toBe(0)
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        'would sign in to AWS SSO (the session acme) in the browser',
      )
      expect(calls()).toBe(before)
      expect(existsSync(join(stage.home.path, '.aws/sso'))).toBe(false)
    }
    rmSync(join(stage.home.path, '.aws'), {recursive: true})
    await setUp()
    const {code, stdout} = await runScript(stage, [
      'sso',
      ...OPTIONS.map((each) => ({dev: 'other', AdministratorAccess: 'ReadOnlyAccess'})[each] ?? each),
      '--dry-run',
    ])
    expect([code, stdout]).toEqual([0, expect.stringContaining('+ [profile other]')])
    expect(stage.home.read('.aws/config')).toBe(WRITTEN)
    // Nothing is to be kept that is not kept already.
    const synced = await runScript(stage, ['sso', 'sync', '--dry-run', '--yes'])
    expect(synced.stdout).not.toContain('would keep')
    const signedIn = await runScript(stage, ['sso', 'login', '--dry-run'])
    expect([signedIn.code, signedIn.stdout.includes('would keep')]).toEqual([0, false])
  })

  test('a role in every account that has it, named by a template', async () => {
    identityCenter().autoApprove()
    const {code} = await runScript(stage, [
      ...[
        'sso',
        '--start-url',
        START,
        '--sso-region',
        'eu-west-1',
        '--session',
        'acme',
        '--device-code',
        '--yes',
      ],
      ...['--role', 'ReadOnlyAccess', '--template', '{session}-{account}-{role}', '--region', 'eu-west-1'],
    ])
    expect(code).toBe(0)
    const config = stage.home.read('.aws/config')
    const profiles = [...config.matchAll(/^\[profile (.+)\]$/gm)].map(([, name]) => name)
    expect(profiles.length).toBeGreaterThan(3)
    expect(profiles).toContain('acme-Practice-ReadOnlyAccess')
    expect(new Set(profiles).size).toBe(profiles.length)
  })

  test('in plain prompts', async () => {
    const terminal = await open(stage, {args: ['sso', ...OPTIONS, '--device-code', '--plain'], rows: 40})
    await terminal.see('Your code, which')
    await terminal.see('s: Use the browser here')
    identityCenter().approveDevice()
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('set up and verified')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(stage.home.read('.aws/config')).toBe(WRITTEN)
  })
})

describe('on later days', () => {
  test('a valid session is reused without a browser; status says so', async () => {
    await setUp()
    const before = stage.practice.log.count('sso-oidc:StartDeviceAuthorization')
    expect((await runScript(stage, ['sso', 'login'])).code).toBe(0)
    expect(stage.practice.log.count('sso-oidc:StartDeviceAuthorization')).toBe(before)
    const {code, stdout} = await runScript(stage, ['sso', 'status'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/acme\s+signed in, valid for/)
  })

  test('one whose token is over is renewed by its refresh token, and the new one kept', async () => {
    await setUp()
    const old = token()
    stage.home.write(CACHE, JSON.stringify({...old, expiresAt: '2026-01-01T00:00:00Z'}))
    expect((await runScript(stage, ['sso', 'login'])).code).toBe(0)
    expect(token()['accessToken']).not.toBe(old['accessToken'])
    expect(token()['refreshToken']).not.toBe(old['refreshToken'])
  })

  test('a session that AWS has ended is signed in to anew', async () => {
    await setUp()
    identityCenter().endSessions()
    stage.home.write(CACHE, JSON.stringify({...token(), expiresAt: '2026-01-01T00:00:00Z'}))
    identityCenter().autoApprove()
    const {code, stderr} = await runScript(stage, ['sso', 'login', '--session', 'acme', '--device-code'])
    expect(code).toBe(0)
    expect(stderr).toContain('Your code, which')
  })

  test('the doctor sees a session that is over, and offers to sign in again', async () => {
    await setUp()
    const {refreshToken: _gone, ...rest} = token()
    stage.home.write(CACHE, JSON.stringify({...rest, expiresAt: '2026-01-01T00:00:00Z'}))
    const {code, stdout} = await runScript(stage, ['doctor', '--profile', 'dev'])
    expect(code).toBe(1)
    expect(stdout).toContain('serverless-setup sso login --session acme')
    const terminal = await open(stage, {args: ['--path', 'skip'], env: {AWS_PROFILE: 'dev'}})
    await terminal.see('Sign in again to AWS SSO session acme')
    terminal.press('enter')
    await terminal.see('Waiting for you')
    identityCenter().approveDevice()
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(token()['expiresAt']).not.toBe('2026-01-01T00:00:00Z')
  })

  test('login and sync need a session that is here: none is signed in to that no tool would find', async () => {
    identityCenter().autoApprove()
    for (const args of [
      ['login'],
      ['sync'],
      ['login', '--session', 'nope'],
      ['logout', '--session', 'nope'],
    ]) {
      const {code, stderr} = await runScript(stage, ['sso', ...args])
      expect([args.join(' '), code]).toEqual([args.join(' '), 1])
      expect(stderr).toContain('SSO_SESSION_NOT_FOUND')
      expect(stderr).toContain('`serverless-setup sso`')
    }
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
  })

  test('a registration that AWS has forgotten is made anew, without a word about it', async () => {
    await setUp()
    await runScript(stage, ['sso', 'logout'])
    identityCenter().forgetClients()
    identityCenter().autoApprove()
    const {code, stderr} = await runScript(stage, ['sso', 'login', '--device-code'])
    expect(stderr).toContain('Your code, which')
    expect(code).toBe(0)
  })

  test('logout ends the session here and at AWS, and leaves the profiles', async () => {
    await setUp()
    expect((await runScript(stage, ['sso', 'logout'])).code).toBe(0)
    expect(existsSync(join(stage.home.path, CACHE))).toBe(false)
    expect(stage.practice.log.count('sso:Logout')).toBe(1)
    expect(stage.home.read('.aws/config')).toBe(WRITTEN)
    expect((await runScript(stage, ['sso', 'status'])).code).toBe(1)
  })

  test('sync tells what was added and what has vanished, and removes only what is marked', async () => {
    await setUp()
    identityCenter().removeRole('123456789012', 'AdministratorAccess')
    const unasked = await runScript(stage, ['sso', 'sync', '--yes'])
    expect(unasked.code).toBe(0)
    expect(stage.home.read('.aws/config')).toBe(WRITTEN)
    const {code, lines} = await converse(stage, ['sso', 'sync', '--session', 'acme', '--json'], (line) => {
      const answers: Record<string, unknown> = {
        'sso-sync-add': [],
        'sso-sync-remove': ['dev'],
        'sso-plan': 'yes',
      }
      const id = String(line['id'])
      return line['type'] === 'question' ? {id, answer: answers[id]} : undefined
    })
    expect(code).toBe(0)
    expect(lines.some((line) => line['id'] === 'sso-sync-remove')).toBe(true)
    // What is gone is told, and not what is to be used next.
    const result = lines.at(-1)
    expect(result).toMatchObject({outcome: 'signed-in', files: [expect.stringContaining('/.aws/config')]})
    expect(result).toMatchObject({
      profiles: [],
      changes: [{removed: expect.arrayContaining(['sso_session'])}],
    })
    expect(JSON.stringify(result)).not.toMatch(/aws-profile dev|AWS_PROFILE=dev|"next_step"/)
    expect(stage.home.read('.aws/config')).not.toContain('[profile dev]')
    expect(stage.home.read('.aws/config')).toContain('[sso-session acme]')
  })

  test('undo of the set-up says that the sign-in stays, and the line that it gives takes it away', async () => {
    await setUp()
    const {code, stdout} = await runScript(stage, ['undo', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toContain('What the last command wrote is taken back.\n')
    const told = stdout.replace(/\s+/g, ' ')
    expect(told).toContain('The sign-in to the session acme stays, in ~/.aws/sso/cache/')
    expect(existsSync(join(stage.home.path, CACHE))).toBe(true)
    const [, line] = /To delete it here: `([^`]+)`/.exec(told)!
    execFileSync('sh', ['-c', line!], {env: {...process.env, HOME: stage.home.path}})
    expect(existsSync(join(stage.home.path, CACHE))).toBe(false)
  })

  test('a second set-up of the same role changes nothing and doubles nothing', async () => {
    await setUp()
    await setUp()
    expect(stage.home.read('.aws/config')).toBe(WRITTEN)
  })
})

const hasCli = spawnSync('aws', ['--version']).status === 0
if (!hasCli) console.warn('skipped: what is written is not read by the AWS CLI, because it is not installed')

describe('other programs', () => {
  ;(hasCli ? test : test.skip)(
    'the AWS CLI signs in with what was written',
    async () => {
      await setUp()
      const env = {...stage.home.env, PYENV_ROOT: process.env['PYENV_ROOT'] ?? ''}
      const identity = JSON.parse(
        await run('aws', ['sts', 'get-caller-identity', '--profile', 'dev'], env),
      ) as {
        Arn: string
      }
      expect(identity.Arn).toContain('assumed-role/AWSReservedSSO_AdministratorAccess_')
      expect(await run('aws', ['configure', 'list', '--profile', 'dev'], env)).toMatch(/access_key.*sso/)
    },
    60_000,
  )

  test('the SDK for JavaScript signs in with what was written', async () => {
    await setUp()
    const program = `
      import {fromSSO} from '@aws-sdk/credential-providers'
      const {accessKeyId} = await fromSSO({profile: 'dev'})()
      console.log(accessKeyId)
    `
    const env = {...stage.home.env, AWS_REGION: 'eu-west-1'}
    expect(await run(process.execPath, ['--input-type=module', '-e', program], env)).toMatch(/^ASIA/)
  })
})

async function run(command: string, args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(command, [...args], {env, cwd: process.cwd()})
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.resume()
  await new Promise((resolve) => child.once('close', resolve))
  return output
}
