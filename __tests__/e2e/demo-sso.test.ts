import {mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {open, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
  mkdirSync(join(stage.home.path, 'tmp'))
  Object.assign(stage.home.env, {TMPDIR: join(stage.home.path, 'tmp')})
})
afterEach(async () => stage.close())

describe('the demo of AWS SSO', () => {
  test('plays itself without a terminal, says DEMO, and leaves nothing behind', async () => {
    const {code, stdout} = await runScript(stage, ['demo', 'sso'])
    expect(code).toBe(0)
    expect(stdout).toContain('[DEMO]')
    expect(stdout).toContain('+ [profile dev]')
    expect(stdout).toContain('AWSReservedSSO_AdministratorAccess_')
    expect(readdirSync(join(stage.home.path, 'tmp'))).toEqual([])
    expect(readdirSync(stage.home.path).sort()).toEqual(['service', 'tmp'])
    expect(stage.practice.log.entries).toEqual([])
  })

  test('in a terminal the sign-in can be allowed without a browser', async () => {
    const terminal = await open(stage, {args: ['demo', 'sso', '--device-code']})
    await terminal.see('Start URL:')
    terminal.type('https://d-1234567890.awsapps.com/start')
    terminal.press('enter')
    await terminal.see('In which region')
    terminal.type('ireland')
    await terminal.see('eu-west-1')
    terminal.press('enter')
    await terminal.see('A name for this session:')
    terminal.press('enter')
    await terminal.see('Waiting for you')
    terminal.press('a')
    await terminal.see('You can use 28 roles in 13 accounts.')
    expect(terminal.screen()[0]).toContain('DEMO')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(readdirSync(join(stage.home.path, 'tmp'))).toEqual([])
  })
})
