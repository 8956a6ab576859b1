import {spawn, spawnSync} from 'node:child_process'
import {chmodSync, chownSync, cpSync, realpathSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {createInterface} from 'node:readline'
import {afterEach, beforeEach, describe, expect} from '@jest/globals'
import {test as plainTest} from '@jest/globals'
import {CLI, scene, type Scene} from './wizard.js'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const test = isRoot ? plainTest : plainTest.skip
if (!isRoot) console.warn('skipped: what another user may not read or write can only be tried by root')

let stage: Scene
beforeEach(async () => {
  stage = await scene()
  chmodSync(stage.home.path, 0o755)
  // The checkout may be in a folder that only its owner may enter.
  cpSync(dirname(realpathSync(CLI)), place('program'), {recursive: true})
})
afterEach(async () => stage.close())

const place = (name: string) => join(stage.home.path, name)

/** The first question that a user is asked who is not the owner of the files. */
async function firstQuestion(): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [place('program/cli.js'), '--path', 'local', '--json'], {
    cwd: '/',
    env: stage.home.env,
    uid: NOBODY,
    gid: NOBODY,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    for await (const line of createInterface({input: child.stdout})) {
      const told = JSON.parse(line) as Record<string, unknown>
      if (told['type'] === 'question') return told
    }
    throw new Error('nothing was asked')
  } finally {
    child.kill()
  }
}

describe('before a key is made it is told', () => {
  test('that the credentials file cannot be read', async () => {
    stage.home.write('.aws/credentials', '[default]\n')
    chmodSync(place('.aws'), 0o755)
    const question = await firstQuestion()
    expect(question['id']).toBe('unreadable')
    expect(JSON.stringify(question)).toContain('Your credentials file cannot be read: ~/.aws/credentials')
  })

  test('that the folder cannot be written to, by its own name', async () => {
    stage.home.write('.aws/credentials', '[default]\n')
    chmodSync(place('.aws'), 0o555)
    chmodSync(place('.aws/credentials'), 0o644)
    const question = await firstQuestion()
    expect(question['id']).toBe('unwritable')
    expect(JSON.stringify(question)).toContain('Nothing can be written in the folder ~/.aws.')
    expect(JSON.stringify(question)).not.toContain('.lock')
  })

  test('that the folder cannot be made', async () => {
    const question = await firstQuestion()
    expect(JSON.stringify(question)).toContain(`Nothing can be written in the folder ${stage.home.path}.`)
  })

  test.each([
    ['a file of their own that they may not read', 0o700, 0o200],
    ['a folder of their own that they may not write', 0o500, 0o600],
    ['a folder of their own that they may not enter', 0o600, 0o600],
  ])('%s, and the command that is printed opens it', async (_, ofFolder, ofFile) => {
    stage.home.write('.aws/credentials', '[default]\n')
    for (const name of ['.', '.aws', '.aws/credentials']) chownSync(place(name), NOBODY, NOBODY)
    chmodSync(place('.aws/credentials'), ofFile)
    chmodSync(place('.aws'), ofFolder)
    const question = JSON.stringify(await firstQuestion())
    const [, command] = /Open it to yourself: `([^`]+)`/.exec(question) ?? []
    expect(question).not.toContain('sudo')
    const {status} = spawnSync('sh', ['-c', command ?? 'false'], {
      env: {...process.env, HOME: stage.home.path},
      uid: NOBODY,
      gid: NOBODY,
    })
    expect(status).toBe(0)
    expect(await firstQuestion()).toMatchObject({id: 'account'})
  })

  test('nothing, where the files are the own ones', async () => {
    chownSync(stage.home.path, NOBODY, NOBODY)
    expect(await firstQuestion()).toMatchObject({id: 'account'})
  })
})

/** A command of a user who is not the owner of all files; a key on standard input. */
function asNobody(args: readonly string[], input = '') {
  return new Promise<{code: number | null; told: string}>((resolve) => {
    const child = spawn(process.execPath, [place('program/cli.js'), ...args], {
      cwd: '/',
      env: stage.home.env,
      uid: NOBODY,
      gid: NOBODY,
    })
    let told = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (told += chunk))
    child.stdin.end(input)
    child.once('close', (code) => resolve({code, told: told.replace(/\s+/g, ' ')}))
  })
}

describe('what is kept for undo and cannot be taken off the list', () => {
  test('is said, whether it was taken back or gone already; it is no success for ever', async () => {
    chownSync(stage.home.path, NOBODY, NOBODY)
    for (const profile of ['one', 'two']) {
      const {accessKeyId, secretAccessKey} = stage.practice.issueKey({userName: 'ada'})
      const csv = `Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}\n`
      expect(await asNobody(['import', '-', '--profile', profile, '--yes'], csv)).toMatchObject({code: 0})
    }
    const journal = place('.local/state/serverless-setup/undo')
    chmodSync(journal, 0o500)
    const first = await asNobody(['undo', '--yes'])
    expect(first.code).toBe(0)
    expect(first.told).toContain('It is taken back, and stays on the list all the same')
    const second = await asNobody(['undo', '--yes'])
    expect(second.code).toBe(1)
    expect(second.told).toContain('It could not be taken off the list')
    const [, command] = /`(chmod [^`]+)`/.exec(second.told) ?? []
    const cured = spawnSync('sh', ['-c', command ?? 'false'], {
      env: {...process.env, HOME: stage.home.path},
      uid: NOBODY,
      gid: NOBODY,
    })
    expect(cured.status).toBe(0)
    expect((await asNobody(['undo', '--yes'])).told).toContain('It is off the list now')
    expect((await asNobody(['undo', '--yes'])).told).toContain('is taken back')
  })
})
