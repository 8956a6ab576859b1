/** What stands on the last screens is so now: what was written, by whom, and whether it can still be taken back. */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import type {Terminal} from '../support/terminal.js'
import {choose, converse, giveKey, open, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

const SERVICE = 'service: shop\nprovider:\n  name: aws\n'
const yaml = () => join(stage.dir, 'serverless.yml')
const text = (terminal: Terminal) => terminal.scrollback().join('\n').replace(/\s+/g, ' ')

function csv(): string {
  const {accessKeyId, secretAccessKey} = stage.practice.issueKey({userName: 'ada'})
  return `Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}\n`
}

/** Up to the receipt of a key that was saved. */
async function saved(profile = 'mine'): Promise<Terminal> {
  const key = stage.practice.issueKey({userName: 'bob'})
  const terminal = await open(stage, {
    args: ['--path', 'local', '--profile', profile, '--region', 'eu-west-1'],
    rows: 40,
  })
  await giveKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
  await terminal.see('The key works')
  terminal.press('enter')
  await terminal.see('Write this?')
  terminal.press('enter')
  await terminal.see('saved and verified')
  return terminal
}

describe('a file of the service that cannot be written', () => {
  test('takes nothing from what was saved before, and that is said with how it is taken back', async () => {
    writeFileSync(yaml(), SERVICE)
    const terminal = await saved()
    await choose(terminal, 'Use this profile in the service here')
    await terminal.see('+   profile: mine')
    rmSync(yaml())
    mkdirSync(yaml())
    terminal.press('enter')
    await terminal.see('Leave; this was not written')
    await choose(terminal, 'Leave; this was not written')
    expect(await terminal.exit()).toMatchObject({code: 1})
    const told = text(terminal)
    expect(told).toContain('The profile mine is saved all the same')
    expect(told).toMatch(/Saved in ~\/\.aws\/credentials Saved in ~\/\.aws\/config/)
    expect(told).toContain('To take it back: `serverless-setup undo`')
  })
})

describe('undo on a receipt', () => {
  test('is about this run: what another has written since is asked about', async () => {
    const terminal = await saved('default')
    await runScript(stage, ['import', '-', '--profile', 'default', '--yes'], csv())
    const before = stage.home.read('.aws/credentials')
    await choose(terminal, 'Undo what was written')
    await terminal.see('What is to be done with these lines?')
    terminal.press('ctrl+c')
    await terminal.exit()
    expect(stage.home.read('.aws/credentials')).toBe(before)
  })

  test('says so where it was taken back already', async () => {
    const terminal = await saved()
    expect((await runScript(stage, ['undo', '--yes'])).code).toBe(0)
    await choose(terminal, 'Undo what was written')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(text(terminal)).toContain('There is nothing to take back any more')
    expect(text(terminal)).not.toMatch(/saved and verified.*nothing to take back/)
  })

  test('takes back what this run wrote, though another wrote beside it', async () => {
    const terminal = await saved()
    await runScript(stage, ['import', '-', '--profile', 'other', '--yes'], csv())
    await choose(terminal, 'Undo what was written')
    await terminal.see('Take back what the last command wrote?')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(text(terminal)).toContain('What this run wrote is taken back.')
    expect(stage.home.read('.aws/credentials')).toMatch(/^\s*\[other\]/)
  })
})

describe('in the file of the service', () => {
  const answersOf = (answers: Record<string, readonly string[]>, on?: (id: string) => void) => {
    const asked = new Map<string, number>()
    return (line: Record<string, unknown>) => {
      if (line['type'] !== 'question') return undefined
      const id = line['id'] as string
      const turn = asked.get(id) ?? 0
      asked.set(id, turn + 1)
      on?.(`${id} ${turn}`)
      return {id, answer: answers[id]?.[turn] ?? ''}
    }
  }

  test('a change that was given another value by hand is told, and nothing is taken back in silence', async () => {
    writeFileSync(yaml(), SERVICE)
    await runScript(stage, ['import', '-', '--profile', 'dev2', '--yes'], csv())
    const answers = {
      'resolvers-overview': ['profile', 'undo', 'done'],
      'resolvers-profile': ['dev2'],
      'resolvers-plan': ['yes'],
      'resolvers-plan-problem': ['leave'],
    }
    const {lines} = await converse(
      stage,
      ['resolvers', 'edit', '--json'],
      answersOf(answers, (asked) => {
        if (asked === 'resolvers-overview 1')
          writeFileSync(yaml(), stage.home.read('service/serverless.yml').replace('dev2', 'devX'))
      }),
    )
    expect(JSON.stringify(lines)).toContain('UNDO_TOUCHED')
    expect(stage.home.read('service/serverless.yml')).toContain('profile: devX')
    // The command asks.
    const undone = await runScript(stage, ['undo', '--yes'])
    expect(undone.code).toBe(1)
    expect(undone.stderr).toContain('UNDO_TOUCHED')
  })

  test('what was written is told at the end, with how it is taken back; a dry run says that nothing was', async () => {
    writeFileSync(yaml(), SERVICE)
    await runScript(stage, ['import', '-', '--profile', 'dev2', '--yes'], csv())
    const terminal = await open(stage, {args: ['resolvers', '--profile', 'dev2'], rows: 40})
    await terminal.see('What now?')
    await choose(terminal, 'Deploy all stages with one profile')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see(/Stage dev +profile dev2/)
    await choose(terminal, 'Finish')
    await terminal.exit()
    expect(text(terminal)).toMatch(/Saved in serverless\.yml To take it back: `serverless-setup undo`/)

    await runScript(stage, ['undo', '--yes'])
    const dry = await open(stage, {args: ['resolvers', '--profile', 'dev2', '--dry-run'], rows: 40})
    await dry.see('What now?')
    await choose(dry, 'Deploy all stages with one profile')
    await dry.see('This would be done')
    dry.press('enter')
    expect(await dry.exit()).toMatchObject({code: 0})
    expect(text(dry)).toMatch(/\+ +profile: dev2.*Dry run: nothing is written\./)
    expect(stage.home.read('service/serverless.yml')).toBe(SERVICE)
  })

  test('credentials that were there already, put to use, are not told as nothing written', async () => {
    writeFileSync(yaml(), SERVICE)
    const key = csv()
    await runScript(stage, ['import', '-', '--profile', 'mine', '--region', 'eu-west-1', '--yes'], key)
    stage.home.write('key.csv', key)
    const terminal = await open(stage, {
      args: ['import', join(stage.home.path, 'key.csv'), '--profile', 'mine', '--region', 'eu-west-1'],
      rows: 40,
    })
    await terminal.see('The key works')
    terminal.press('enter')
    await choose(terminal, 'Yes, with this key')
    await terminal.see('Nothing has to be written.')
    terminal.press('enter')
    await terminal.see('Nothing had to be written')
    await choose(terminal, 'Use this profile in the service here')
    await terminal.see('+   profile: mine')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    const last = text(terminal)
    expect(last).toContain('Done: the file of the service is written')
    expect(last).toContain('To take it back: `serverless-setup undo`')
  })
})
