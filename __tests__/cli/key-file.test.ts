import {execFileSync} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import {open, runProgram, runScript, scene, toTheKey, type Scene} from '../e2e/wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

test('a CSV file dragged into the field of the key is read', async () => {
  const key = stage.practice.issueKey()
  stage.home.write(
    'My Downloads/deploy_accessKeys.csv',
    `Access key ID,Secret access key\r\n${key.accessKeyId},${key.secretAccessKey}\r\n`,
  )
  const terminal = await open(stage, {args: ['--path', 'local']})
  await toTheKey(terminal)
  terminal.paste('~/nowhere.csv')
  terminal.press('enter')
  await terminal.see('There is no file')
  terminal.paste(`'${join(stage.home.path, 'My Downloads/deploy_accessKeys.csv')}' `)
  terminal.press('enter')
  await terminal.see('Understood: access key AKIA')
  terminal.press('ctrl+c')
  await terminal.exit()
  expect(findCanary(terminal.raw.toString('utf8'), [key.secretAccessKey])).toEqual([])
})

test('what is no file is read as far as a key can be, and no further', async () => {
  const key = stage.practice.issueKey()
  const pipe = join(stage.home.path, 'pipe')
  execFileSync('mkfifo', [pipe])
  for (const [given, words] of [
    ['/dev/zero', 'It is larger than 1 MiB'],
    // Nobody writes into it.
    [pipe, 'There is no access key in pipe.'],
  ] as const) {
    const {code, stderr} = await runScript(stage, ['import', given, '--yes'])
    expect([given, code === 0]).toEqual([given, false])
    expect(stderr.replace(/\s+/g, ' ')).toContain(words)
  }
  // As `<(command)` gives it, slowly.
  const line = `printf 'aws_access_key_id = ${key.accessKeyId}\\n'; sleep 0.3; printf 'aws_secret_access_key = %s\\n' "$SECRET"`
  const {code, stderr} = await runProgram(['bash', '-c', `serverless-setup import <(${line}) --yes`], {
    home: {...stage.home, env: {...stage.home.env, SECRET: key.secretAccessKey}},
    dir: stage.dir,
  })
  expect([code, stderr]).toEqual([0, stderr])
  expect(stage.home.read('.aws/credentials')).toContain(key.accessKeyId)
})

test('a pipe in the place of an AWS file keeps no command from ending', async () => {
  mkdirSync(join(stage.home.path, '.aws'))
  execFileSync('mkfifo', [join(stage.home.path, '.aws/config')])
  stage.home.write(
    '.aws/credentials',
    '[dev]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = x\n',
  )
  const {code, stderr} = await runScript(stage, ['doctor', '--verify', '--profile', 'dev'])
  expect(code).toBe(1)
  expect(stderr).toContain('NOT_A_FILE')
})
