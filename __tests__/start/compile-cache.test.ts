import {existsSync, lstatSync, mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {compileCacheFolder} from '../../src/app/compile-cache.js'
import {open, runScript, scene, type Scene} from '../e2e/wizard.js'

describe('what Node compiles is kept', () => {
  test.each([
    ['linux', {HOME: '/home/ann'}, '/home/ann/.cache/serverless-setup/compiled'],
    ['linux', {HOME: '/home/ann', XDG_CACHE_HOME: '/var/ann'}, '/var/ann/serverless-setup/compiled'],
    ['linux', {HOME: '/home/ann', XDG_CACHE_HOME: 'relative'}, '/home/ann/.cache/serverless-setup/compiled'],
    [
      'win32',
      {USERPROFILE: 'C:\\Users\\Ann', LOCALAPPDATA: 'C:\\Users\\Ann\\AppData\\Local'},
      'C:\\Users\\Ann\\AppData\\Local\\serverless-setup\\compiled',
    ],
  ] as const)('on %s in a folder of the user: %j', (platform, env, folder) => {
    expect(compileCacheFolder(env, platform)).toBe(folder)
  })

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const hasCache = major > 22 || (major === 22 && minor >= 8)
  if (!hasCache) console.warn(`skipped: Node ${process.versions.node} keeps nothing of what it compiles`)
  const testWithCache = hasCache ? test : test.skip

  let stage: Scene
  beforeEach(async () => {
    stage = await scene()
  })
  afterEach(async () => stage.close())
  const folder = () => compileCacheFolder(stage.home.env)
  const leave = async (args: readonly string[] = []) => {
    const terminal = await open(stage, {args})
    await terminal.see('AWS Credentials Set-Up Method:')
    terminal.press('ctrl+c')
    await terminal.exit()
  }

  testWithCache('readable by the user alone', async () => {
    await leave()
    expect(readdirSync(folder()).length).toBeGreaterThan(0)
    expect(lstatSync(folder()).mode & 0o777).toBe(0o700)
  })

  testWithCache('never in a folder that others can write to', async () => {
    mkdirSync(folder(), {recursive: true, mode: 0o777})
    await leave()
    expect(readdirSync(folder())).toEqual([])
  })

  test('and nothing by a demo, a dry run or the doctor', async () => {
    await leave(['demo'])
    await leave(['--dry-run'])
    await runScript(stage, ['doctor'])
    await runScript(stage, ['doctor', '--json'])
    expect(existsSync(join(stage.home.path, '.cache'))).toBe(false)
  })
})
