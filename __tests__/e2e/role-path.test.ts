import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import type {Terminal} from '../support/terminal.js'
import {copiedPage, keptTokens, openRolePage, signIn} from './role-path.js'
import {converse, open, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

const dashboard = () => stage.practice.dashboard
const org = () => [...dashboard().state.orgs.values()][0]!
const rc = () => join(stage.home.path, '.serverlessrc')
const YAML = `# The shop
service: shop # its name

provider:
  name: aws
  stage: prod
  region: eu-west-1
`

/** A service in the folder, and a program called serverless that tells how it was called. */
function service(text = YAML): void {
  writeFileSync(join(stage.dir, 'serverless.yml'), text)
}

function serverlessProgram(dir: string): void {
  const bin = join(dir, 'node_modules', '.bin')
  mkdirSync(bin, {recursive: true})
  writeFileSync(join(bin, 'serverless'), '#!/bin/sh\necho "args: $* in $(basename $PWD)"\nexit 7\n')
  chmodSync(join(bin, 'serverless'), 0o755)
}

/** From the app to the page of AWS, taking what is suggested. */
async function newApp(terminal: Terminal): Promise<void> {
  await terminal.see('Name of the new app:')
  terminal.press('enter')
  await terminal.see('Write org and app into the service file?')
  terminal.press('enter')
}

for (const {cols, rows} of [
  {cols: 80, rows: 24},
  {cols: 60, rows: 20},
]) {
  describe(`in a terminal of ${cols}x${rows}`, () => {
    test('a newcomer goes from an empty folder to a service with a Provider, and no key is anywhere', async () => {
      const terminal = await open(stage, {cols, rows})
      await terminal.see('AWS Credentials Set-Up Method:')
      await terminal.see('❯ Create AWS IAM Role (Easy & Recommended)')
      terminal.press('enter')
      await terminal.see('❯ AWS / Node.js / Simple Function')
      terminal.press('enter')
      await terminal.see('aws-node-project')
      terminal.press('enter')
      await terminal.see('Make it?')
      expect(existsSync(join(stage.dir, 'aws-node-project'))).toBe(false)
      terminal.press('enter')
      await signIn(terminal, stage)
      await newApp(terminal)
      const page = await openRolePage(terminal)
      await dashboard().createStack(page)
      await terminal.see('The Provider is there')
      await terminal.see('account 123456789012')
      terminal.press('enter')
      await terminal.see('Done: the Dashboard has a Provider')
      terminal.press('enter')
      expect(await terminal.exit()).toMatchObject({code: 0})
      expect(await terminal.restored()).toEqual([])
      terminal.widthOk()
      expect(terminal.screen().join('\n')).toContain('cd aws-node-project')
      const written = stage.home.read('service/aws-node-project/serverless.yml')
      expect(written).toContain('service: aws-node-project\norg: practice-org\napp: my-app\n')
      expect([...org().links]).toEqual([
        [
          'instances/appName|my-app|serviceName|aws-node-project|stage|dev|region|us-east-1',
          [...org().providers.keys()][0],
        ],
      ])
      expect(statSync(rc()).mode & 0o777).toBe(0o600)
      const tokens = keptTokens(stage)
      expect(tokens.every((token) => token.length > 20)).toBe(true)
      expect(findCanary(terminal.raw, tokens)).toEqual([])
      expect(findCanary({dir: stage.home.path, except: ['.serverlessrc']}, tokens)).toEqual([])
      expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
      // The service, and org and app in it, were one command.
      const {code, stdout} = await runScript(stage, ['undo', '--yes'])
      expect(code).toBe(0)
      expect(existsSync(join(stage.dir, 'aws-node-project'))).toBe(false)
      // What is no file of the service is not told as taken back.
      const told = stdout.replace(/\s+/g, ' ')
      expect(told).toContain('The sign-in to the Serverless Dashboard stays, in ~/.serverlessrc')
      expect(told).toContain('The app, the Provider and its role')
      const [, line] = /To delete it here[^`]*`([^`]+)`/.exec(told)!
      execFileSync('sh', ['-c', line!], {env: {...process.env, HOME: stage.home.path}})
      expect(existsSync(rc())).toBe(false)
    })
  })
}

test('what failed on the way to the sign-in is over once it has succeeded: Esc does not lead back to it', async () => {
  writeFileSync(join(stage.dir, 'serverless.yml'), YAML)
  const terminal = await open(stage, {args: ['--path', 'role'], rows: 40})
  await terminal.see('Sign in to the Serverless Dashboard')
  terminal.press('enter')
  await terminal.see('Waiting for you to finish in the browser')
  await dashboard().visit(await copiedPage(terminal), {choose: 'deny'})
  await terminal.see('What now?')
  terminal.press('enter')
  await terminal.see('Waiting for you to finish in the browser')
  await dashboard().visit(await copiedPage(terminal), {choose: 'allow'})
  await terminal.see('Name of the new app:')
  terminal.type('shop')
  terminal.press('enter')
  await terminal.see('Write org and app into the service file?')
  terminal.press('esc')
  await terminal.see('Name of the new app:')
  terminal.press('esc')
  // There is nothing before the sign-in to go back to.
  await terminal.see('Name of the new app:')
  expect(terminal.screen().join('\n')).not.toContain('before the sign-in was finished')
  terminal.press('ctrl+c')
  await terminal.exit()
})

describe('who leaves on the way is told what stays', () => {
  test('a sign-in that was kept, and an app that was made, whether by Ctrl+C or by a choice', async () => {
    writeFileSync(join(stage.dir, 'serverless.yml'), YAML)
    const first = await open(stage, {args: ['--path', 'role']})
    await signIn(first, stage)
    await first.see('Name of the new app:')
    first.press('ctrl+c')
    expect(await first.exit()).toMatchObject({code: 130})
    const told = first.scrollback().join('\n')
    expect(told).toContain('The sign-in to the Dashboard stays, in ~/.serverlessrc.')
    expect(told).not.toContain('Nothing was written.')

    const second = await open(stage, {args: ['--path', 'role', '--app', 'other-app']})
    await second.see('Write org and app into the service file?')
    second.press('ctrl+c')
    expect(await second.exit()).toMatchObject({code: 130})
    expect(second.scrollback().join('\n')).toContain(
      'The app other-app was made at the Dashboard, in practice-org, and stays.',
    )

    const third = await open(stage, {args: ['--path', 'role', '--app', 'third-app']})
    await third.see('Write org and app into the service file?')
    third.press('down', 'enter')
    expect(await third.exit()).toMatchObject({code: 130})
    expect(third.scrollback().join('\n')).toContain('The app third-app was made at the Dashboard')
  })
})

/** Makes a service from the first template, and leaves before the sign-in. */
async function makeAndLeave(): Promise<Terminal> {
  const terminal = await open(stage, {args: ['--path', 'role']})
  await terminal.see('Choose a template')
  terminal.press('enter')
  await terminal.see('Name of the new service')
  terminal.press('enter')
  await terminal.see('Make it?')
  terminal.press('enter')
  await terminal.see('Sign in to the Serverless Dashboard, or register?')
  terminal.press('down', 'enter')
  expect(await terminal.exit()).toMatchObject({code: 130})
  return terminal
}

test('a service that its owner has written to is taken back but for what is theirs', async () => {
  await makeAndLeave()
  const file = join(stage.dir, 'aws-node-project', 'serverless.yml')
  writeFileSync(file, `${readFileSync(file, 'utf8')}# mine\n`)
  const {code, stderr} = await runScript(stage, ['undo', '--yes'])
  expect(stderr).not.toContain('UNEXPECTED')
  expect(code).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('# mine')
  expect(existsSync(join(stage.dir, 'aws-node-project', 'handler.js'))).toBe(false)
})

test('whoever leaves once the service is made is told where it is, how to go on, and how to take it away', async () => {
  const terminal = await makeAndLeave()
  const last = terminal.screen().join('\n')
  expect(last).toMatch(/✔ The service aws-node-project was made +\S*aws-node-project\/serverless\.yml/)
  expect(last).toMatch(/To take it away: `serverless-setup undo`/)
  expect(last).toMatch(/To go on:\ncd aws-node-project\nserverless-setup --path role/)
  expect((await runScript(stage, ['undo', '--yes'])).code).toBe(0)
  expect(existsSync(join(stage.dir, 'aws-node-project'))).toBe(false)
})

describe('a service that is there', () => {
  test('stays as it is but for org and app, is linked for its stage and region, and is deployed', async () => {
    service()
    serverlessProgram(stage.dir)
    const terminal = await open(stage, {args: ['--path', 'role']})
    await signIn(terminal, stage)
    await newApp(terminal)
    await dashboard().createStack(await openRolePage(terminal))
    await terminal.see('The Provider is there')
    terminal.press('enter')
    await terminal.see('Deploy now?')
    terminal.press('up', 'enter')
    await terminal.see('args: deploy in service')
    expect(await terminal.exit()).toMatchObject({code: 7})
    expect(stage.home.read('service/serverless.yml')).toBe(
      YAML.replace('# its name\n', '# its name\norg: practice-org\napp: my-app\n'),
    )
    expect([...org().links.keys()]).toEqual([
      'instances/appName|my-app|serviceName|shop|stage|prod|region|eu-west-1',
    ])
  })

  test('that names org and app already is asked nothing of them; a Provider that is there can be the default', async () => {
    service(YAML.replace('service:', 'org: practice-org\napp: web\nservice:'))
    dashboard().addApp('web')
    dashboard().addProvider({alias: 'main', roleArn: 'arn:aws:iam::123456789012:role/r', isDefault: false})
    dashboard().addProvider({alias: 'other', accessKeyId: 'AKIAQ7WERTYUIOPLKJH2', isDefault: false})
    const terminal = await open(stage, {args: ['--path', 'role']})
    await signIn(terminal, stage)
    await terminal.see('Which Provider should deploy?')
    await terminal.see('other')
    expect(terminal.screen().join('\n')).not.toContain('AKIAQ7WERTYUIOPLKJH2')
    terminal.press('up', 'up', 'enter')
    await terminal.see('What should the Provider main be used for?')
    terminal.press('down', 'enter')
    await terminal.see('Done: the Dashboard has a Provider')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect([...org().providers.values()].find(({alias}) => alias === 'main')?.isDefault).toBe(true)
  })

  test('whose resolver says dashboard: false is told that the Provider will not be used', async () => {
    service(`${YAML}stages:
  prod:
    resolvers:
      acme:
        type: aws
        profile: prod
        dashboard: false
`)
    const terminal = await open(stage, {args: ['--path', 'role']})
    await signIn(terminal, stage)
    await newApp(terminal)
    await dashboard().createStack(await openRolePage(terminal))
    await terminal.see('The Provider is there')
    terminal.press('enter')
    await terminal.see(/profile prod, and not this Provider/)
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
  })

  test('that is a program is left alone, and the lines to put into it are shown', async () => {
    writeFileSync(join(stage.dir, 'serverless.ts'), 'export default {}\n')
    const terminal = await open(stage, {args: ['--path', 'role']})
    await signIn(terminal, stage)
    await terminal.see('Name of the new app:')
    terminal.press('enter')
    await dashboard().createStack(await openRolePage(terminal))
    await terminal.see('The Provider is there')
    terminal.press('up', 'enter')
    await terminal.see('org: practice-org')
    terminal.press('enter')
    await terminal.exit()
    expect(stage.home.read('service/serverless.ts')).toBe('export default {}\n')
  })
})

describe('ways back and on', () => {
  test('Esc leads back from screen to screen, and a name of a folder that is there is refused', async () => {
    mkdirSync(join(stage.dir, 'aws-node-project'))
    writeFileSync(join(stage.dir, 'aws-node-project', 'handler.js'), 'mine')
    const terminal = await open(stage)
    await terminal.see('Set-Up Method:')
    terminal.press('enter')
    await terminal.see('Choose a template')
    terminal.press('esc')
    await terminal.see('❯ Create AWS IAM Role')
    terminal.press('enter')
    await terminal.see('❯ AWS / Node.js / Simple Function')
    terminal.press('down', 'enter')
    await terminal.see('Name of the new service:')
    terminal.press('esc')
    await terminal.see('❯ AWS / Node.js / HTTP API')
    terminal.press('enter')
    await terminal.see('Name of the new service:')
    terminal.press('enter')
    await terminal.see('SERVICE_EXISTS')
    expect(stage.home.read('service/aws-node-project/handler.js')).toBe('mine')
    terminal.press('esc')
    await terminal.see('Name of the new service:')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
  })

  test('who leaves once the service is made is told how to go on, and the command finds it', async () => {
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('❯ AWS / Node.js / Simple Function')
    terminal.press('enter')
    await terminal.see('Name of the new service:')
    terminal.press('enter')
    await terminal.see('Make it?')
    terminal.press('enter')
    await terminal.see('Sign in to the Serverless Dashboard')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    const told = terminal.screen().join(' ').replace(/\s+/g, ' ')
    expect(told).toContain('To go on: `serverless-setup --path role --service aws-node-project`')
    const again = await open(stage, {args: ['--path', 'role', '--service', 'aws-node-project']})
    await again.see('Sign in to the Serverless Dashboard')
    again.press('ctrl+c')
    await again.exit()
  })

  test('leaving while the role is made, and going on later, with the Provider that appeared meanwhile', async () => {
    service()
    const first = await open(stage, {args: ['--path', 'role']})
    await signIn(first, stage)
    await newApp(first)
    const page = await openRolePage(first)
    first.press('l')
    await first.see('serverless-setup --path role')
    expect(await first.exit()).toMatchObject({code: 0})
    const early = await open(stage, {args: ['--path', 'role']})
    await early.see('No Provider has appeared yet')
    early.press('ctrl+c')
    await early.exit()
    await dashboard().createStack(page)
    const later = await open(stage, {args: ['--path', 'role']})
    await later.see('The Provider is there')
    later.press('enter')
    await later.see('Done: the Dashboard has a Provider')
    later.press('enter')
    expect(await later.exit()).toMatchObject({code: 0})
    expect(existsSync(join(stage.home.path, '.config/serverless-setup/pending-role.json'))).toBe(false)
  })

  test('credentials that are here become a choice, and keeping them ends there', async () => {
    stage.home.write(
      '.aws/credentials',
      '[default]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = x\n',
    )
    service()
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('AWS credentials are here already')
    terminal.press('down', 'enter')
    await terminal.see('Going on with the credentials that are here')
    expect(await terminal.exit()).toMatchObject({code: 0})
  })
})

describe('faults', () => {
  test('denied in the browser: told, and begun anew with another page', async () => {
    service()
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('Sign in to the Serverless Dashboard')
    terminal.press('enter')
    await terminal.see('Waiting for you')
    await dashboard().visit(await copiedPage(terminal), {choose: 'deny'})
    await terminal.see('DASHBOARD_LOGIN_CUT')
    expect(existsSync(rc())).toBe(false)
    terminal.press('enter')
    await terminal.see('Waiting for you')
    await dashboard().visit(await copiedPage(terminal))
    await terminal.see('Name of the new app:')
    terminal.press('ctrl+c')
    await terminal.exit()
  })

  test.each([
    ['before', 'DASHBOARD_LOGIN_CUT'],
    ['after', 'Name of the new app:'],
  ] as const)('the connection cut %s the tokens', async (when, seen) => {
    service()
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('Sign in to the Serverless Dashboard')
    terminal.press('enter')
    await terminal.see('Waiting for you')
    const page = await copiedPage(terminal)
    dashboard().dropSocket(when)
    await dashboard()
      .visit(page)
      .catch(() => undefined)
    await terminal.see(seen)
    terminal.press('ctrl+c')
    await terminal.exit()
  })

  test.each([
    ['down', 'DASHBOARD_DOWN'],
    ['tooMany', 'DASHBOARD_BUSY'],
    ['html', 'PROXY_ANSWERED'],
  ] as const)('the Dashboard is %s: told, and tried again', async (trouble, code) => {
    service()
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('Sign in to the Serverless Dashboard')
    terminal.press('enter')
    await terminal.see('Waiting for you')
    const page = await copiedPage(terminal)
    await dashboard().visit(page, {choose: 'allow'})
    await terminal.see('Name of the new app:')
    dashboard()[trouble](50)
    terminal.press('enter')
    await terminal.see(code)
    dashboard()[trouble](0)
    terminal.press('enter')
    await terminal.see('Write org and app')
    terminal.press('ctrl+c')
    await terminal.exit()
  })

  test('a sign-in that has ended is renewed without a word; one that cannot be is asked for again', async () => {
    service()
    const first = await open(stage, {args: ['--path', 'role']})
    await signIn(first, stage)
    await first.see('Name of the new app:')
    first.press('ctrl+c')
    await first.exit()
    const [before] = keptTokens(stage)
    dashboard().expireSessions('tokens')
    const second = await open(stage, {args: ['--path', 'role']})
    await second.see('Name of the new app:')
    second.press('ctrl+c')
    await second.exit()
    expect(keptTokens(stage)[0]).not.toBe(before)
    dashboard().expireSessions('all')
    const third = await open(stage, {args: ['--path', 'role']})
    await third.see('DASHBOARD_SIGNED_OUT')
    await third.see('❯ Sign in again')
    third.press('enter')
    await signIn(third, stage)
    await third.see('Name of the new app:')
    third.press('ctrl+c')
    await third.exit()
  })

  test('a stack that fails is explained by what AWS says of it', async () => {
    const key = stage.practice.issueKey()
    stage.home.write(
      '.aws/credentials',
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    )
    service()
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('AWS credentials are here already')
    terminal.press('enter')
    await signIn(terminal, stage)
    await newApp(terminal)
    const page = await openRolePage(terminal)
    terminal.press('s')
    await terminal.see('There is no stack SFSetup-')
    terminal.press('enter')
    await terminal.see('Waiting for AWS to make the role')
    dashboard().failStack('SFRole already exists')
    await dashboard().createStack(page)
    terminal.press('s')
    await terminal.see('SFRole: SFRole already exists')
    terminal.press('ctrl+c')
    await terminal.exit()
    expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
  })

  test('a Provider of another account than that of the credentials here is warned about', async () => {
    const key = stage.practice.issueKey()
    stage.home.write(
      '.aws/credentials',
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    )
    service()
    const terminal = await open(stage, {args: ['--path', 'role']})
    await terminal.see('AWS credentials are here already')
    terminal.press('enter')
    await signIn(terminal, stage)
    await newApp(terminal)
    await openRolePage(terminal)
    dashboard().addProvider({alias: 'stray', roleArn: 'arn:aws:iam::210987654321:role/SFRole-1'})
    await terminal.see('another account than that of the credentials', {timeoutMs: 15_000})
    terminal.press('ctrl+c')
    await terminal.exit()
  })
})

describe('without redrawing, and without a person', () => {
  test('with simple prompts the same path leads to the same end', async () => {
    service()
    const terminal = await open(stage, {args: ['--plain', '--path', 'role'], rows: 40})
    const answer = async (words: string, given: string) => {
      await terminal.see(words)
      await terminal.see(/(?:Answer|:).*:\s*$/m)
      terminal.type(`${given}\r`)
    }
    await answer('Sign in to the Serverless Dashboard', '1')
    await terminal.see('transactionId=')
    const [transactionId = ''] = dashboard().pendingLogins()
    await dashboard().visit(`${dashboard().url}/?client=cli&transactionId=${transactionId}`)
    await answer('Name of the new app:', 'my-app')
    await answer('Write org and app into the service file?', '1')
    await answer('Open the page?', '1')
    await terminal.see('Waiting for AWS')
    const {id, orgUid} = JSON.parse(stage.home.read('.config/serverless-setup/pending-role.json')) as Record<
      string,
      string
    >
    const query = `stackName=SFSetup-${id}&param_Alias=default&param_RoleName=SFRole-${id}&param_OrgUid=${orgUid}`
    await dashboard().createStack(`${dashboard().url}/?${query}`)
    await terminal.see('The Provider is there', {timeoutMs: 15_000})
    await answer('be used for?', '1')
    await answer('What now?', '')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(org().links.size).toBe(1)
  })

  test('JSON lines lead through the path, question by question', async () => {
    const answers: Record<string, string> = {
      'set-up-method': 'role',
      template: 'aws-python-http-api',
      'service-name': 'py',
      'service-plan': 'yes',
      'dashboard-sign-in': 'yes',
      'app-name': 'web',
      'org-app-plan': 'yes',
      'create-role': 'yes',
      'use-provider': 'service',
      'role-receipt': 'done',
    }
    dashboard().autoApprove()
    const {code, lines} = await converse(stage, ['--json'], (line) => {
      const text = JSON.stringify(line)
      const page = /http:[^"]*stackName=[^"]*/.exec(text)?.[0]
      if (page)
        void dashboard()
          .createStack(page)
          .catch(() => undefined)
      return line['type'] === 'question' ? {id: line['id'], answer: answers[line['id'] as string]} : undefined
    })
    expect(code).toBe(0)
    expect(lines.filter(({type}) => type === 'question').map(({id}) => id)).toEqual(Object.keys(answers))
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      outcome: 'connected',
      org: 'practice-org',
      app: 'web',
      provider: 'default',
      accountId: '123456789012',
    })
    expect(existsSync(join(stage.dir, 'py', 'handler.py'))).toBe(true)
    expect(findCanary(JSON.stringify(lines), keptTokens(stage))).toEqual([])
  })

  test('a script with an access key of the Dashboard links a Provider by its options', async () => {
    service()
    const key = dashboard().newAccessKey()
    dashboard().addProvider({alias: 'main', roleArn: 'arn:aws:iam::123456789012:role/r', isDefault: false})
    stage.home.env['SERVERLESS_ACCESS_KEY'] = key
    const args = ['--path', 'role', '--app', 'web', '--provider', 'main', '--yes']
    const {code, stdout, stderr} = await runScript(stage, args)
    expect({code, stderr: stderr.includes('UNANSWERED')}).toEqual({code: 0, stderr: false})
    expect([...org().links.keys()]).toEqual([
      'instances/appName|web|serviceName|shop|stage|prod|region|eu-west-1',
    ])
    expect(existsSync(rc())).toBe(false)
    expect(findCanary(stdout + stderr, [key])).toEqual([])
  })

  test('a dry run ends with what it would write, and does not say that it is done', async () => {
    service()
    dashboard().addApp('web')
    dashboard().addProvider({alias: 'main', roleArn: 'arn:aws:iam::123456789012:role/r', isDefault: true})
    stage.home.env['SERVERLESS_ACCESS_KEY'] = dashboard().newAccessKey()
    const before = stage.home.read('service/serverless.yml')
    const args = [
      '--path',
      'role',
      '--org',
      'practice-org',
      '--app',
      'web',
      '--provider',
      'main',
      '--dry-run',
    ]
    for (const more of [[], ['--yes'], ['--plain']]) {
      const {code, stdout, stderr} = await runScript(stage, [...args, ...more])
      expect(code).toBe(0)
      const told = stdout + stderr
      expect(told).toMatch(/\+ app: web/)
      expect(told).toContain('nothing was changed, here or at AWS')
      expect(told).toContain('a deploy would use the Provider main')
      expect(told).not.toContain('Done')
    }
    const {stdout} = await runScript(stage, [...args, '--json'])
    expect(stdout.trim().split('\n').at(-1)).toContain('"outcome":"dry-run"')
    expect(stage.home.read('service/serverless.yml')).toBe(before)
    expect(org().links.size).toBe(0)
  })

  test('an access key that the Dashboard refuses is told as one, with 1', async () => {
    service()
    stage.home.env['SERVERLESS_ACCESS_KEY'] = 'wrongwrongwrongwrong'
    const {code, stderr} = await runScript(stage, ['--path', 'role'])
    expect(code).toBe(1)
    expect(stderr).toContain('DASHBOARD_KEY_REFUSED')
    expect(findCanary(stderr, ['wrongwrongwrongwrong'])).toEqual([])
  })

  test.each([
    [['--path', 'role', '--app', 'My App'], '--app my-app'],
    [['--path', 'role', '--service-name', '1'], '--service-name aws-node-project'],
    [['--path', 'role', '--template-name', 'rust'], '--template-name aws-node-simple'],
  ])('bad usage %j ends with 2 and an example of right', async (args, example) => {
    const {code, stderr} = await runScript(stage, args)
    expect(code).toBe(2)
    expect(stderr).toContain(example)
  })

  test('an address of the Dashboard that is not on this machine is refused before anything is sent', async () => {
    service()
    stage.home.env['SERVERLESS_SETUP_DASHBOARD_URL'] = 'https://dashboard.example.com'
    const {code, stderr} = await runScript(stage, ['--path', 'role'])
    expect(code).toBe(1)
    expect(stderr).toContain('DASHBOARD_ADDRESS_REFUSED')
  })
})
