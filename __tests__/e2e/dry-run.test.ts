/** `--dry-run`: nothing changes, here or at AWS, whatever the command; each ends with what it would have done, and with 0. */
import {createHash} from 'node:crypto'
import {lstatSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {openRolePage, signIn} from './role-path.js'
import {open, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

/** Every file below the home with its bytes and mode, and what AWS was asked that changes anything. */
function world(): string {
  const {home, practice} = stage
  const files = readdirSync(home.path, {recursive: true, encoding: 'utf8'})
    .toSorted()
    .map((name) => {
      const path = join(home.path, name)
      const stats = lstatSync(path)
      const content = stats.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''
      return `${name} ${stats.mode.toString(8)} ${content}`
    })
  const {orgs} = practice.dashboard.state
  const dashboard = [...orgs.values()].map((org) => [[...org.apps], [...org.providers], [...org.links]])
  return JSON.stringify({files, dashboard, roles: [...practice.account.roles.keys()]}, undefined, 1)
}

async function changesNothing(args: readonly string[], {input = '', code = 0} = {}): Promise<string> {
  const before = world()
  const ran = await runScript(stage, args, input)
  expect([args, ran.code, ran.stderr]).toEqual([args, code, ran.stderr])
  expect(world()).toBe(before)
  return ran.stdout + ran.stderr
}

function csv(): string {
  const {accessKeyId, secretAccessKey} = stage.practice.issueKey({userName: 'ada'})
  return `Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}\n`
}

describe('with --dry-run', () => {
  test('a key is shown where it would stand, over a profile that is there as well', async () => {
    const given = csv()
    expect(await changesNothing(['import', '-', '--yes', '--dry-run'], {input: given})).toContain(
      '+ [default]',
    )
    await runScript(stage, ['import', '-', '--yes'], csv())
    expect(await changesNothing(['import', '-', '--yes', '--dry-run'], {input: given})).toMatch(
      /- aws_access_key_id[^]*\+ aws_access_key_id/,
    )
  })

  test('undo shows what it would take back, and keeps what it is kept in', async () => {
    await runScript(stage, ['import', '-', '--yes'], csv())
    expect(await changesNothing(['undo', '--yes', '--dry-run'])).toContain('nothing was written')
    await changesNothing(['undo', '--forget', '--dry-run'])
  })

  test('undo ends as the run itself would, where another program has written between', async () => {
    await runScript(stage, ['import', '-', '--yes'], csv())
    stage.home.write('.aws/config', `${stage.home.read('.aws/config')}output = json\n`)
    await changesNothing(['undo', '--yes', '--dry-run'], {code: 1})
    await changesNothing(['undo', '--yes'], {code: 1})
  })

  test('the doctor mends nothing', async () => {
    stage.home.write('.aws/credentials', `[ default ]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\n`)
    expect(await changesNothing(['doctor', '--fix', '--yes', '--dry-run'])).toContain('Dry run')
  })

  test('a sign-in that is here stays', async () => {
    stage.home.write(
      '.aws/config',
      `[sso-session corp]\nsso_start_url = ${stage.practice.identityCenter.startUrl}\nsso_region = eu-west-1\n`,
    )
    const name = createHash('sha1').update('corp').digest('hex')
    stage.home.write(
      `.aws/sso/cache/${name}.json`,
      JSON.stringify({
        startUrl: stage.practice.identityCenter.startUrl,
        region: 'eu-west-1',
        accessToken: 'token',
        expiresAt: '2099-01-01T00:00:00Z',
      }),
    )
    const told = await changesNothing(['sso', 'logout', '--session', 'corp', '--yes', '--dry-run'])
    expect(told).toContain('What comes next would end the session at AWS')
  })

  test('in an empty folder the files of a service are shown', async () => {
    const told = await changesNothing([
      '--path',
      'role',
      '--template-name',
      'aws-node-simple',
      '--yes',
      '--dry-run',
    ])
    expect(told).toContain('+ service: aws-node-project')
    expect(told).toContain('nothing was changed, here or at AWS')
  })

  test('the role path ends before it would change anything at the Dashboard', async () => {
    writeFileSync(join(stage.dir, 'serverless.yml'), 'service: shop\nprovider:\n  name: aws\n')
    const signedOut = await changesNothing(['--path', 'role', '--yes', '--dry-run'])
    expect(signedOut).toContain('would sign in to the Serverless Dashboard')
    // What is not carried out is not told as begun either.
    expect(signedOut).not.toContain('Asking the Dashboard')
    for (const way of ['--json', '--plain'])
      expect(await changesNothing(['--path', 'role', '--yes', '--dry-run', way])).not.toContain('Asking the')
    const terminal = await open(stage, {args: ['--path', 'role']})
    await signIn(terminal, stage)
    await terminal.see('Name of the new app:')
    terminal.press('ctrl+c')
    await terminal.exit()
    const before = world()
    const dry = await open(stage, {args: ['--path', 'role', '--dry-run']})
    await dry.see('Name of the new app:')
    dry.press('enter')
    await dry.see('would create the app at the Serverless Dashboard')
    expect(await dry.exit()).toMatchObject({code: 0})
    expect(world()).toBe(before)
  })

  test('a sign-in to AWS SSO that is to be renewed stays as it is, and that is said', async () => {
    const {identityCenter, log} = stage.practice
    identityCenter.autoApprove()
    const start = ['--start-url', identityCenter.startUrl, '--sso-region', 'eu-west-1']
    const profile = ['--session', 'acme', '--profile', 'dev', '--region', 'eu-central-1', '--account']
    const role = ['123456789012', '--role', 'AdministratorAccess']
    const made = await runScript(stage, ['sso', ...start, ...profile, ...role, '--device-code', '--yes'])
    expect([made.code, made.stderr]).toEqual([0, made.stderr])
    const cache = `.aws/sso/cache/${createHash('sha1').update('acme').digest('hex')}.json`
    const token = JSON.parse(stage.home.read(cache)) as Record<string, string>
    stage.home.write(cache, JSON.stringify({...token, expiresAt: '2026-01-01T00:00:00Z'}))
    const asked = log.count('sso-oidc:CreateToken')
    for (const args of [
      ['doctor', '--verify', '--profile', 'dev'],
      ['doctor', '--verify', '--profile', 'dev', '--json'],
    ]) {
      const told = await changesNothing([...args, '--dry-run'])
      expect(told).toMatch(/a dry run\s+does not renew it/)
      expect(told).toContain('serverless-setup doctor --verify --profile dev')
    }
    expect(await changesNothing(['sso', 'login', '--session', 'acme', '--dry-run'])).toContain(
      'would renew the sign-in to AWS SSO',
    )
    expect(log.count('sso-oidc:CreateToken')).toBe(asked)
    // Without a dry run that cures: it is renewed.
    expect((await runScript(stage, ['doctor', '--verify', '--profile', 'dev'])).code).toBe(0)
    expect(log.count('sso-oidc:CreateToken')).toBe(asked + 1)
  })

  test('nor is one to the Dashboard renewed, and a role that is being made stays noted', async () => {
    writeFileSync(join(stage.dir, 'serverless.yml'), 'service: shop\nprovider:\n  name: aws\n')
    const terminal = await open(stage, {args: ['--path', 'role']})
    await signIn(terminal, stage)
    await terminal.see('Name of the new app:')
    terminal.press('enter')
    await terminal.see('Write org and app into the service file?')
    terminal.press('enter')
    const page = await openRolePage(terminal)
    terminal.press('l')
    await terminal.exit()
    await stage.practice.dashboard.createStack(page)
    const seen = await changesNothing(['--path', 'role', '--dry-run'])
    expect(seen).toContain('Nothing is to be written: a deploy uses the Provider default already')
    stage.practice.dashboard.expireSessions('tokens')
    const ended = await changesNothing(['--path', 'role', '--dry-run'])
    expect(ended).toContain('would renew the sign-in to the Serverless Dashboard')
  })
})
