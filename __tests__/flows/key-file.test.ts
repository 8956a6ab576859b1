import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {localProfile} from '../../flows/local-profile/flow.js'
import {revealTyped} from '../../flows/local-profile/screens/key.js'
import {typedPath} from '../../flows/local-profile/typed-path.js'
import {Driver} from '../../src/engine/driver.js'
import {Failure} from '../../src/domain/problem.js'
import {CSV, SECRET, goodPorts, problem} from '../support/local-ports.js'
import {until} from '../support/play.js'

describe('a path in the field of the key', () => {
  test.each([
    ['/home/me/Downloads/deploy_accessKeys.csv', '/home/me/Downloads/deploy_accessKeys.csv'],
    ["'/home/me/My Files/keys.csv' ", '/home/me/My Files/keys.csv'],
    ['"/home/me/My Files/keys.csv"', '/home/me/My Files/keys.csv'],
    ['/home/me/My\\ Files/keys.csv', '/home/me/My Files/keys.csv'],
    ['file:///home/me/My%20Files/keys.csv', '/home/me/My Files/keys.csv'],
    ['~/.aws/credentials', '~/.aws/credentials'],
    ['keys.csv', 'keys.csv'],
    ['C:\\Users\\me\\keys.csv', 'C:\\Users\\me\\keys.csv'],
  ])('%s', (typed, path) => {
    expect(typedPath(typed)).toBe(path)
  })

  test.each([
    [SECRET],
    [`/${SECRET.slice(1)}`],
    ['AKIAQ7WERTYUIOPLKJH2'],
    [CSV],
    ['my new keys.csv please'],
    ['file:///%ff.csv'],
    [''],
  ])('but not %j', (typed) => {
    expect(typedPath(typed)).toBeUndefined()
  })
})

/** At the field of the key, in a world where reading a file comes to this. */
async function atTheKey(readKeyFile: (path: string) => Promise<string>) {
  const driver = new Driver(localProfile({}), {
    ports: goodPorts({readKeyFile}),
    presets: new Map([
      ['account', 'yes'],
      ['method', 'have'],
    ]),
  })
  await until(driver, 'key')
  return driver
}

describe('what stands in the field of the key', () => {
  test.each([
    ['AKIAQ7WERTY'],
    ['"AKIAQ7WERTYUIOPLKJH2"'],
    ['~/Downl'],
    ['/home/me/Down'],
    ['/Users/me/'],
    ['keys.csv'],
    ["'/home/me/My Files/ke"],
    ['C:\\Users\\me'],
  ])('%s is seen', (typed) => {
    expect(revealTyped(typed)).toBe(typed)
  })

  test.each([[SECRET], [`/${SECRET.slice(1)}`], [CSV], [`~/${CSV}`], ['wJalrXUtnFEMI'], [`"${SECRET}"`]])(
    '%j is hidden',
    (typed) => expect(revealTyped(typed)).toContain('••••'),
  )

  test('no start of a secret is seen, however it is typed', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+'
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom(...letters), minLength: 40, maxLength: 40}), (secret) => {
        // One letter in 64 begins as an ID does, and names of folders are words: those are not told apart.
        fc.pre(!/^A/i.test(secret) && !/^\/[A-Z]?[a-z]+\//.test(secret))
        for (let length = 1; length <= 40; length++)
          expect(revealTyped(secret.slice(0, length))).not.toBe(secret.slice(0, length))
      }),
    )
  })
})

describe('the file of a path that was given', () => {
  test('is read, as if its text had been pasted', async () => {
    const asked: string[] = []
    const driver = await atTheKey(async (path) => {
      asked.push(path)
      return CSV
    })
    expect(driver.answer("'/home/me/keys.csv' ")).toBeUndefined()
    await until(driver, 'verified')
    expect(asked).toEqual(['/home/me/keys.csv'])
    expect(JSON.stringify(driver.snapshot)).toContain('Understood: access key AKIA')
  })

  test('and where that cannot be done the field stands again, with the reason', async () => {
    const driver = await atTheKey(() => Promise.reject(new Failure(problem('KEYS_FILE_UNREADABLE'))))
    driver.answer('~/nowhere.csv')
    await until(driver, 'reading-key-file')
    await until(driver, 'key')
    expect(driver.snapshot.step).toMatchObject({
      question: {initial: '~/nowhere.csv'},
      panels: [{kind: 'problem', problem: {code: 'KEYS_FILE_UNREADABLE'}}],
    })
  })

  test('a path in the file is not followed', async () => {
    let times = 0
    const driver = await atTheKey(async () => {
      times += 1
      return '/another/keys.csv'
    })
    driver.answer('/home/me/keys.csv')
    await until(driver, 'reading-key-file')
    await until(driver, 'key')
    expect(times).toBe(1)
  })
})
