import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import {open, scene, toTheKey, type Scene} from '../e2e/wizard.js'

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
