import {chmodSync, mkdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import {converse, open, runScript, scene, type Scene} from './wizard.js'

const ID = 'AKIAQ7WERTYUIOPLKJH2'
const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
const KEYS = `aws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

describe('the doctor for a script', () => {
  test('ends with 1 where nothing is usable, and with 0 where something wins', async () => {
    const empty = await runScript(stage, ['doctor'])
    expect(empty.code).toBe(1)
    expect(empty.stdout).toContain('finds no AWS credentials here')
    stage.home.write('.aws/credentials', `[default]\n${KEYS}`)
    const found = await runScript(stage, ['doctor'])
    expect(found.code).toBe(0)
    expect(found.stdout).toContain('AKIA************KJH2')
    expect(stage.practice.log.entries).toEqual([])
    expect(findCanary(found.stdout + found.stderr, [SECRET, ID])).toEqual([])
  })

  test('tells in JSON what wins for each tool', async () => {
    stage.home.write('.aws/credentials', `[default]\n${KEYS}`)
    const {code, stdout} = await runScript(stage, ['doctor', '--json'])
    expect(code).toBe(0)
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      outcome: string
      usable: boolean
      diagnosis: {tools: {id: string; winner: string}[]}
    }
    expect(last).toMatchObject({type: 'result', outcome: 'diagnosed', usable: true})
    expect(last.diagnosis.tools.map(({id, winner}) => [id, winner])).toEqual(
      ['serverless', 'javascript', 'cli', 'cli2'].map((id) => [id, 'static']),
    )
    expect(findCanary(stdout, [SECRET])).toEqual([])
  })

  test('asks AWS whose the profiles are only when told to', async () => {
    const key = stage.practice.issueKey({userName: 'ada'})
    stage.home.write(
      '.aws/credentials',
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n[old]\n${KEYS}`,
    )
    const {code, stdout} = await runScript(stage, ['doctor', '--verify'])
    expect(code).toBe(0)
    expect(stdout).toContain('arn:aws:iam::123456789012:user/ada')
    expect(stdout).toMatch(/old[^]*does not know/)
    expect(stage.practice.log.count('sts:GetCallerIdentity')).toBeGreaterThanOrEqual(2)
  })

  test('mends what is safe after --yes, and says what it did', async () => {
    stage.home.write('.aws/credentials', `[default]\n${KEYS}`)
    const file = join(stage.home.path, '.aws/credentials')
    chmodSync(file, 0o644)
    const unasked = await runScript(stage, ['doctor', '--fix'])
    expect(unasked.code).toBe(2)
    expect(statSync(file).mode & 0o777).toBe(0o644)
    const {code, stdout} = await runScript(stage, ['doctor', '--fix', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toContain('1 thing was mended')
    expect(stdout).toContain('Undo leaves rights as they are now')
    expect(stdout).not.toContain('To take it back')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

test('all that one run mends is taken back together', async () => {
  const text = `[default]\n${KEYS}aws_session_token = ${'x'.repeat(200)}\n\n[work]\n${KEYS}aws_session_token = ${'y'.repeat(200)}\n`
  stage.home.write('.aws/credentials', text)
  const mended = await runScript(stage, ['doctor', '--fix', '--yes'])
  expect(mended.stdout).toContain('2 things were mended.\n\nTo take it back: `serverless-setup undo`\n')
  expect(stage.home.read('.aws/credentials')).toBe(`[default]\n${KEYS}\n[work]\n${KEYS}`)
  const {code} = await runScript(stage, ['undo', '--yes'])
  expect(code).toBe(0)
  expect(stage.home.read('.aws/credentials')).toBe(text)
})

test('what is gone already is not told to be kept nowhere', async () => {
  const text = `[default]\n${KEYS}aws_session_token = ${'x'.repeat(200)}\n`
  stage.home.write('.aws/credentials', text)
  await runScript(stage, ['doctor', '--fix', '--yes'])
  stage.home.write('.aws/credentials', text)
  const {code, stdout} = await runScript(stage, ['undo', '--yes'])
  expect(code).toBe(0)
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'There is nothing to take back of the last command: what it wrote is gone from the files already.',
  )
  expect(stage.home.read('.aws/credentials')).toBe(text)
  expect((await runScript(stage, ['undo', '--list'])).stdout).toBe('Nothing was kept for undo.\n')
})

test('what the dry run shows is what is done, also where one mend moves the line of another', async () => {
  const text = `[default]\n${KEYS}aws_session_token = ${'x'.repeat(200)}\n[profile b]\n${KEYS}`
  stage.home.write('.aws/credentials', text)
  const shown = await runScript(stage, ['doctor', '--fix', '--dry-run'])
  expect(shown.code).toBe(0)
  expect(shown.stdout).toMatch(/- aws_session_token[^]*- \[profile b\]\n *\+ \[b\]/)
  expect(stage.home.read('.aws/credentials')).toBe(text)
  const mended = await runScript(stage, ['doctor', '--fix', '--yes'])
  expect(mended.stdout).toContain('2 things were mended')
  expect(stage.home.read('.aws/credentials')).toBe(`[default]\n${KEYS}[b]\n${KEYS}`)
})

test('a folder in the place of a file keeps its rights; a name is not taken for a profile', async () => {
  const folder = join(stage.home.path, '.aws/credentials')
  mkdirSync(folder, {recursive: true, mode: 0o755})
  await runScript(stage, ['doctor', '--fix', '--yes'])
  expect(statSync(folder).mode & 0o777).toBe(0o755)
  const {code, stderr} = await runScript(stage, ['doctor', 'dev'])
  expect(code).toBe(2)
  expect(stderr).toContain('doctor --profile dev')
})

describe('the doctor in a terminal', () => {
  test.each([
    [80, 24],
    [60, 20],
  ])('at %ix%i prints its report and leaves the terminal as it was', async (cols, rows) => {
    stage.home.write('.aws/credentials', `[default]\n${KEYS}`)
    const terminal = await open(stage, {args: ['doctor'], cols, rows})
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(terminal.raw.toString()).toContain('Where they come from')
    expect(await terminal.restored()).toEqual([])
    terminal.widthOk()
  })

  test('with --fix shows each change and writes after a yes', async () => {
    stage.home.write('.aws/credentials', `[default]\n${KEYS}aws_session_token = ${'x'.repeat(200)}\n`)
    const terminal = await open(stage, {args: ['doctor', '--fix']})
    await terminal.see('Mark what is to be mended')
    terminal.press('enter')
    await terminal.see('Mend it?')
    expect(stage.home.read('.aws/credentials')).toContain('aws_session_token')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(stage.home.read('.aws/credentials')).toBe(`[default]\n${KEYS}`)
  })

  test('with --fix a no leaves the files as they are', async () => {
    const text = `[default]\n${KEYS}aws_session_token = ${'x'.repeat(200)}\n`
    stage.home.write('.aws/credentials', text)
    const terminal = await open(stage, {args: ['doctor', '--fix']})
    await terminal.see('Mark what is to be mended')
    terminal.press('enter')
    await terminal.see('Mend it?')
    terminal.press('down', 'enter')
    await terminal.exit()
    expect(stage.home.read('.aws/credentials')).toBe(text)
  })
})

describe('skip, and set it up later', () => {
  test('says what is here, shows each way, looks again, and tells how to come back', async () => {
    const terminal = await open(stage, {env: {SHELL: '/usr/bin/fish'}})
    await terminal.see('AWS Credentials Set-Up Method:')
    await terminal.see('Skip & Set Later (AWS SSO, ENV Vars)')
    terminal.press('down', 'down', 'enter')
    await terminal.see('finds no AWS credentials here')
    terminal.press('down', 'enter')
    await terminal.see('AWS_SECRET_ACCESS_KEY')
    terminal.press('esc')
    await terminal.see('Set up AWS SSO now')
    stage.home.write('.aws/credentials', `[default]\n${KEYS}`)
    // Esc has led back to the way that was looked at.
    await terminal.see(/❯ .*environment/i)
    terminal.press('up', 'up', 'up', 'up', 'enter')
    await terminal.see('AKIA************KJH2')
    terminal.press('up', 'enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(terminal.raw.toString()).toContain('To come back:')
    expect(await terminal.restored()).toEqual([])
    terminal.widthOk()
  })

  test('in plain prompts', async () => {
    const terminal = await open(stage, {args: ['--path', 'skip', '--plain']})
    await terminal.see('What would you like to do?')
    expect(terminal.raw.toString()).toContain('finds no AWS credentials here')
    await terminal.see('Answer [')
    // The ways are numbered; the last one leaves.
    const last = /^ *(\d+)\. Leave/m.exec(terminal.scrollback().join('\n'))?.[1]
    terminal.type(`${last ?? 'nothing'}\r`)
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(terminal.raw.toString()).toContain('To come back:')
  })

  test('in JSON lines', async () => {
    const {code, lines} = await converse(stage, ['--json', '--path', 'skip'], (line) =>
      line['type'] === 'question' ? {id: 'skip', answer: 'leave'} : undefined,
    )
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({type: 'result', outcome: 'skipped', usable: false})
  })
})
