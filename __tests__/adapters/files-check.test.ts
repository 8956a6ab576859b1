import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {Failure} from '../../src/domain/problem.js'
import {awsFiles} from '../../src/files/locations.js'
import {checkFiles} from '../../src/adapters/files-check.js'
import {homeSandbox, type Home} from '../support/home.js'

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => {
  home.remove()
})

const files = () => awsFiles({HOME: home.path})
const aws = (name = '') => join(home.path, '.aws', name)

async function problemOf(work: Promise<unknown>) {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error.problem : error),
  )
}

describe('files that nobody keeps from being written', () => {
  test('are no problem: none yet, a whole folder, links', async () => {
    expect(await checkFiles(files())).toBeUndefined()
    home.write('.aws/config', '[default]\nregion = eu-west-1\n')
    home.write('elsewhere/credentials', '[a]\n')
    symlinkSync(join(home.path, 'elsewhere', 'credentials'), aws('credentials'))
    expect(await checkFiles(files())).toBeUndefined()
  })
})

describe('what would stop the write in the end', () => {
  test('is told at the start: a path that depends on the folder', async () => {
    const unclear = awsFiles({HOME: home.path, AWS_SHARED_CREDENTIALS_FILE: './credentials'})
    expect(await problemOf(checkFiles(unclear))).toMatchObject({code: 'FILE_PATH_UNCLEAR'})
  })

  test.each([
    ['a folder in place of the file', 'NOT_A_FILE', () => mkdirSync(aws('credentials'), {recursive: true})],
    ['a file in place of the folder', 'NOT_A_FOLDER', () => writeFileSync(aws(), '')],
    [
      'a line that no tool reads',
      'FILE_NOT_UNDERSTOOD',
      () => home.write('.aws/config', '[default\nregion = eu-west-1\n'),
    ],
  ])('is told at the start: %s', async (_what, code, prepare) => {
    prepare()
    expect(await problemOf(checkFiles(files()))).toMatchObject({code})
  })
})
