import {afterEach, beforeEach, expect, test} from '@jest/globals'
import {giveKey, open, runScript, scene, type Scene} from './wizard.js'

// A title, a colour, a bell, a cleared screen, a reversed direction: whoever gets one of these through owns the screen.
const PAYLOADS = [
  '\u001B]0;evil\u0007',
  '\u001B[31m',
  '\u009B2J',
  '\u202Egnp',
  '\u0007',
  '\u001B[2J',
] as const
const hostile = (name: string) => `${name}${PAYLOADS.join('')}`

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

/** None of the payloads in what the program wrote; its own colours are no payload. */
function expectClean(raw: string): void {
  expect(raw).not.toContain('evil\u0007')
  for (const payload of ['\u001B]0;', '\u009B', '\u202E', '\u0007', '\u001B[2J'])
    expect(raw).not.toContain(payload)
}

test('names in files and answers of AWS cannot drive the terminal', async () => {
  const key = stage.practice.issueKey({userName: 'plain'})
  stage.practice.account.aliases.splice(0, 9, hostile('alias'))
  stage.home.write(
    '.aws/config',
    `[profile ${hostile('bad')}]\nsso_session = x\nregion = ${hostile('eu')}\n[profile good]\nsso_session = x\nregion = ${hostile('mars')}\n`,
  )
  const terminal = await open(stage)
  await terminal.see('What would you like to do?')
  expectClean(terminal.raw.toString('utf8'))
  terminal.press('ctrl+c')
  await terminal.exit()
  expect(await terminal.restored()).toEqual([])

  stage.home.write('.aws/config', '')
  const second = await open(stage, {args: ['--path', 'local', '--profile', 'new', '--region', 'eu-west-1']})
  await giveKey(second, `${key.accessKeyId} ${key.secretAccessKey}`)
  await second.see('The key works')
  await second.see('alias')
  expectClean(second.raw.toString('utf8'))
  second.press('ctrl+c')
  await second.exit()
})

test('a name given as an option is refused without being obeyed', async () => {
  const {code, stdout, stderr} = await runScript(
    stage,
    ['import', '-', '--profile', hostile('x'), '--yes'],
    'AKIAQWERTYUIOPASDFGH',
  )
  expect(code).not.toBe(0)
  expectClean(stdout + stderr)
})
