import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import {open, pasteKey, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

interface KeyText {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const block = (name: string, key: KeyText) =>
  `[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`

describe('half a key pair', () => {
  test('is no key to go on with; a repair leads to a whole one by pressing Enter', async () => {
    const key = stage.practice.issueKey()
    stage.home.write('.aws/credentials', `[default]\naws_access_key_id = ${key.accessKeyId}\n`)
    stage.home.write('.aws/config', '[default]\nregion = eu-west-1\n')
    const terminal = await open(stage)
    await terminal.see('has a key ID but no secret: it cannot work.')
    expect(terminal.screen().join('\n')).not.toContain('Continue')
    await terminal.see('❯ Repair or replace')
    terminal.press('enter')
    await terminal.see('How do you want to get an access key?')
    terminal.press('enter')
    await terminal.see('Click the user of the old key')
    terminal.press('enter')
    await terminal.see('Enter AWS Access Key ID:')
    await pasteKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('holds half a key pair now')
    await terminal.see('❯ Yes, replace it')
    terminal.press('enter')
    await terminal.see('❯ eu-west-1')
    terminal.press('enter')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('saved and verified')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(stage.home.read('.aws/credentials')).toBe(block('default', key))
    expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
  })
})

describe('beside credentials that work', () => {
  test('others get a name of their own by pressing Enter, and what was there stays', async () => {
    const old = stage.practice.issueKey({userName: 'old'})
    const key = stage.practice.issueKey({userName: 'other'})
    stage.home.write('.aws/credentials', block('default', old))
    const terminal = await open(stage)
    await terminal.see('AWS credentials are set up and work.')
    terminal.press('down', 'enter')
    await terminal.see('AWS Credentials Set-Up Method:')
    terminal.press('down', 'enter')
    await terminal.see('Do you have an AWS account?')
    terminal.press('enter')
    await terminal.see('How do you want to get an access key?')
    terminal.press('down', 'down', 'enter')
    await pasteKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('profile default stays as it is')
    terminal.press('enter')
    await terminal.see('Region to deploy to')
    terminal.press('enter')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('saved and verified')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    const written = stage.home.read('.aws/credentials')
    expect(written).toContain(block('default', old).trimEnd())
    expect(written).toContain(block('serverless', key).trimEnd())
  })
})

describe('a region in the files that is none', () => {
  const config = '[default]\nregion = mars\n'

  test('is not offered in a terminal', async () => {
    const key = stage.practice.issueKey()
    stage.home.write('.aws/config', config)
    const terminal = await open(stage)
    await terminal.see('AWS Credentials Set-Up Method:')
    terminal.press('down', 'enter')
    await terminal.see('Do you have an AWS account?')
    terminal.press('enter')
    await terminal.see('How do you want to get an access key?')
    terminal.press('down', 'down', 'enter')
    await pasteKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('Profile name:')
    terminal.press('enter')
    await terminal.see('mars now, which is no region of AWS')
    await terminal.see('❯ us-east-1')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
  })

  test('asks for one where nobody is there', async () => {
    const key = stage.practice.issueKey()
    stage.home.write('.aws/config', config)
    const {code, stderr} = await runScript(
      stage,
      ['import', '-', '--yes'],
      `${key.accessKeyId} ${key.secretAccessKey}`,
    )
    expect({code, stderr}).toMatchObject({code: 2, stderr: expect.stringContaining('`--region REGION`')})
    const given = await runScript(
      stage,
      ['import', '-', '--yes', '--region', 'eu-west-1'],
      `${key.accessKeyId} ${key.secretAccessKey}`,
    )
    expect(given.code).toBe(0)
    expect(stage.home.read('.aws/config')).toBe('[default]\nregion = eu-west-1\n')
  })
})
