import {existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import type {Terminal} from '../support/terminal.js'
import {CLI, converse, open, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
  mkdirSync(temporary())
  stage.home.env['TMPDIR'] = temporary()
})
afterEach(async () => stage.close())

/** Folders for temporary files are made in the scene's own, so that what is left behind can be seen. */
const temporary = () => join(stage.home.path, 'tmp')
const sandboxes = () => readdirSync(temporary()).filter((name) => name.startsWith('serverless-setup-demo-'))

/** Plays the demo to the receipt; every screen on the way must say DEMO. */
async function play(terminal: Terminal, ...atTheEnd: string[]): Promise<void> {
  const steps: readonly (readonly [words: string | RegExp, ...keys: string[]])[] = [
    ['AWS Credentials Set-Up Method:', 'down', 'enter'],
    ['Do you have an AWS account?', 'enter'],
    ['How do you want', 'down', 'down', 'enter'],
    ['Enter AWS Access Key ID:', 'ctrl+t'],
    ['pasted, hidden', 'enter'],
    ['The key works', 'enter'],
    ['Press Enter for default', 'enter'],
    ['Region to deploy to', 'enter'],
    ['Write this?', 'enter'],
    // What it was stands where it is seen without scrolling.
    [/saved and verified[^]*Nothing of yours was changed/, ...(atTheEnd.length > 0 ? atTheEnd : ['enter'])],
  ]
  for (const [words, ...keys] of steps) {
    await terminal.see(words)
    expect(terminal.screen().join('\n')).toContain('[DEMO]')
    terminal.press(...keys)
  }
}

describe('the demo', () => {
  test.each([
    [80, 24],
    [60, 20],
  ])(
    'runs the whole path at %ix%i, says DEMO on every screen, and leaves nothing behind',
    async (cols, rows) => {
      const terminal = await open(stage, {
        args: ['demo'],
        cols,
        rows,
        env: {
          AWS_PROFILE: 'mine',
          AWS_ACCESS_KEY_ID: 'AKIAQQQQQQQQQQQQQQQQ',
          AWS_SECRET_ACCESS_KEY: 'q'.repeat(40),
        },
      })
      await terminal.see('Practice: nothing real is touched.')
      await play(terminal)
      expect(await terminal.exit()).toMatchObject({code: 0})
      const last = terminal.scrollback().join('\n')
      expect(last.replace(/\s+/g, ' ')).toContain('That was practice. For real: serverless-setup')
      // As the real thing ends, but for what would be untrue: there is nothing to undo.
      expect(last).toMatch(/^serverless deploy/m)
      expect(last).not.toMatch(/serverless-setup undo|Undo what/m)
      expect(terminal.scrollback().join('\n')).toContain('123456789012 (practice-account)')
      expect(await terminal.restored()).toEqual([])
      terminal.widthOk()
      expect(sandboxes()).toEqual([])
      expect(readdirSync(stage.home.path)).toEqual(['service', 'tmp'])
      // Nothing was asked of the AWS that the surroundings name: the demo has its own.
      expect(stage.practice.log.entries).toEqual([])
    },
  )

  test('of the role makes and changes services in a folder of its own only', async () => {
    stage.home.write('service/serverless.yml', 'service: mine\nprovider:\n  name: aws\n')
    const terminal = await open(stage, {args: ['demo']})
    await terminal.see('AWS Credentials Set-Up Method:')
    terminal.press('enter')
    // The service of the person is not seen, as one of the folder would not be made anew.
    await terminal.see('Choose a template for a practice service:')
    terminal.press('enter')
    await terminal.see('Name of the new service:')
    terminal.press('enter')
    await terminal.see('Make it?')
    terminal.press('enter')
    await terminal.see('Sign in to the Serverless Dashboard')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(readFileSync(join(stage.home.path, 'service', 'serverless.yml'), 'utf8')).toBe(
      'service: mine\nprovider:\n  name: aws\n',
    )
    expect(readdirSync(join(stage.home.path, 'service'))).toEqual(['serverless.yml'])
    expect(sandboxes()).toEqual([])
  })

  test('takes back what it wrote, as the real thing does', async () => {
    const terminal = await open(stage, {args: ['demo']})
    await terminal.see('Practice: nothing real is touched.')
    await play(terminal, 'down', 'enter')
    await terminal.see('Take back what the last command wrote?')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(sandboxes()).toEqual([])
  })

  test('leads nobody to a page of the real AWS: not to sign up, and not to look for a key', async () => {
    const terminal = await open(stage, {args: ['demo', 'local'], cols: 60, rows: 20})
    await terminal.see('Do you have an AWS account?')
    terminal.press('down', 'enter')
    await terminal.see('For real, the sign-up page of AWS opens here.')
    expect(terminal.screen().join('\n')).not.toContain('https://')
    terminal.press('enter')
    await terminal.see('How do you want')
    terminal.press('down', 'down', 'enter')
    await terminal.see('Enter AWS Access Key ID:')
    terminal.paste(`AKIAQ3EGPLM2KDJX7V4A\n${'aB3dEf6hIj9lMn2pQr5tUv8xYz1cDe4gHi7kLm0n'}`)
    await terminal.see('pasted')
    terminal.press('enter')
    await terminal.see('AWS does not know this access key')
    expect(terminal.raw.toString()).not.toContain('console.aws.amazon.com')
    expect(terminal.raw.toString()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/console\/users/)
    terminal.press('ctrl+c')
    await terminal.exit()
  })

  test('takes no folder of the person', async () => {
    const {code, stderr} = await runScript(stage, ['demo', 'role', '--service', '.'])
    expect(code).toBe(2)
    expect(stderr).toContain('demo takes no --service')
  })

  test('plays itself where there is no terminal, as a transcript', async () => {
    const {code, stdout, stderr} = await runScript(stage, ['demo'])
    expect({code, stderr: stderr.includes('✖')}).toEqual({code: 0, stderr: false})
    expect(stdout).toContain('In the AWS console, step 2 of 3')
    expect(stdout).toContain('Practice: nothing real is touched.')
    // Once: what stands at the end is what was shown last.
    expect(stdout.split('saved and verified')).toHaveLength(2)
    expect(stdout).toMatch(/That was practice\. For real:\nserverless-setup\n$/)
    expect(stdout).not.toMatch(/serverless-setup undo/m)
    expect(sandboxes()).toEqual([])
  })

  test('of AWS SSO ends as practice too', async () => {
    const {code, stdout} = await runScript(stage, ['demo', 'sso'])
    expect(code).toBe(0)
    expect(stdout).toContain('Practice: nothing real is touched.')
    expect(stdout.split('set up and verified')).toHaveLength(2)
    expect(stdout).toMatch(/That was practice\. For real:\nserverless-setup sso\n$/)
    // What the demo made is gone with it: no command is to be run now that needs it.
    expect(stdout).not.toMatch(/sso login --session practice|For everything else in this terminal/)
    expect(stdout).toContain('After the real one you would run, in the folder of your service:')
  })

  test('Ctrl+C leaves no sandbox', async () => {
    const terminal = await open(stage, {args: ['demo']})
    await terminal.see('AWS Credentials Set-Up Method:')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(sandboxes()).toEqual([])
  })

  test.each(['SIGHUP', 'SIGTERM', 'SIGINT'] as const)('%s leaves no sandbox', async (signal) => {
    const terminal = await open(stage, {args: ['demo']})
    await terminal.see('AWS Credentials Set-Up Method:')
    expect(sandboxes()).toHaveLength(1)
    process.kill(terminal.pid, signal)
    await terminal.exit()
    expect(sandboxes()).toEqual([])

    const child = spawn(process.execPath, [CLI, 'demo', '--json'], {cwd: stage.dir, env: stage.home.env})
    await once(child.stdout, 'data')
    expect(sandboxes()).toHaveLength(1)
    child.kill(signal)
    await once(child, 'close')
    expect(sandboxes()).toEqual([])
  })

  test('the narrower key belongs to the user that the steps name', async () => {
    const {code, lines} = await converse(stage, ['demo', '--json'], (line) => {
      const answers: Record<string, unknown> = {
        'set-up-method': 'local',
        account: 'yes',
        method: 'cloudshell',
        permissions: 'deployment',
        profile: 'default',
        region: 'eu-west-1',
        plan: 'yes',
        receipt: 'done',
      }
      if (line['type'] !== 'question') return undefined
      const id = String(line['id'])
      return id === 'key' ? {id, offer: 'ctrl+t'} : {id, answer: answers[id]}
    })
    expect(code).toBe(0)
    const shown = JSON.stringify(lines)
    expect(shown).toContain('IAM user serverless-framework, attaches ServerlessDeployment')
    expect(shown).toContain('arn:aws:iam::123456789012:user/serverless-framework')
    expect(shown).not.toContain('serverless-deployer')
    // Words for a search are for people.
    expect(shown).not.toContain('keywords')
    expect(shown).not.toContain('next_step')
  })

  const hasStrace = spawnSync('strace', ['-V']).status === 0
  if (!hasStrace)
    console.warn('skipped: what the demo touches is not watched, because strace is not installed')
  ;(hasStrace ? test : test.skip)('touches no file of the person and no address but loopback', () => {
    const log = join(stage.home.path, 'strace.log')
    const run = spawnSync(
      'strace',
      [
        '-f',
        '-qq',
        // With the path of each descriptor: newer Nodes remove a folder from within.
        '-y',
        '-o',
        log,
        '-e',
        'trace=openat,connect,unlink,rename,mkdir',
        process.execPath,
        CLI,
        'demo',
      ],
      {
        env: stage.home.env,
        cwd: stage.dir,
        encoding: 'utf8',
        input: '',
      },
    )
    expect(run.status).toBe(0)
    const calls = stage.home.read('strace.log').split('\n')
    const written = calls.filter(
      (call) =>
        /O_CREAT|O_WRONLY|O_RDWR|mkdir\(|rename\(/.test(call) &&
        !/\/dev\/|serverless-setup-demo-/.test(call) &&
        !call.includes('= -1'),
    )
    expect(written).toEqual([])
    expect(calls.filter((call) => call.includes('.aws') && !call.includes('serverless-setup-demo-'))).toEqual(
      [],
    )
    const addresses = calls.filter(
      (call) => /connect\(.*AF_INET/.test(call) && !/127\.0\.0\.1|sin6_addr.*::1/.test(call),
    )
    expect(addresses).toEqual([])
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
  })
})
