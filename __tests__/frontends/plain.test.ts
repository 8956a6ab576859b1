import {PassThrough} from 'node:stream'
import {afterEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {localProfile} from '../../flows/local-profile/flow.js'
import type {LocalProfilePorts} from '../../flows/local-profile/ports.js'
import {Driver} from '../../src/engine/driver.js'
import type {Choice, Flow, Question} from '../../src/engine/types.js'
import {readListAnswer} from '../../src/frontends/plain-list.js'
import {runPlain} from '../../src/frontends/plain.js'
import {safe, say} from '../../src/text/safe-text.js'
import {CSV, KEY_ID, SECRET, goodPorts, known} from '../support/local-ports.js'
import {runs, seed} from '../support/proof.js'

const paste = (text: string) => `\u001B[200~${text}\u001B[201~`

const open: {cancel(): void}[] = []
afterEach(() => {
  for (const driver of open.splice(0)) driver.cancel()
})

/** The plain front end at a terminal kept in memory. */
function start<S, E, P, O>(flow: Flow<S, E, P, O>, ports: P, columns = 80) {
  let written = ''
  let seen = 0
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  }) as unknown as NodeJS.ReadStream & PassThrough
  const stdout = Object.assign(new PassThrough(), {columns, isTTY: true})
  stdout.on('data', (chunk: Buffer) => (written += chunk.toString()))
  const driver = new Driver(flow, {ports})
  const ended = runPlain(driver, {
    stdin,
    stdout: stdout as unknown as NodeJS.WriteStream,
    env: {NO_COLOR: '1'},
  })
  open.push(driver)
  const text = () => written.replace(/\u001B\[\?\d+[hl]/g, '')
  /** Waits for words behind those that were waited for before. */
  const see = async (words: string) => {
    for (let turn = 0; turn < 400; turn += 1) {
      const at = text().indexOf(words, seen)
      if (at >= 0) {
        seen = at + words.length
        return
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new Error(`"${words}" did not come. What came:\n${text().slice(seen)}`)
  }
  const type = (input: string) => void stdin.write(input)
  return {see, type, ended, driver, text}
}

const fruits: readonly Choice[] = [
  {id: 'apple', label: say`an apple`, hint: say`Green or red.`},
  {id: 'pear', label: say`a pear`, hint: say`Only green.`},
]

/** A flow of one question after another; the outcome is what was answered. */
function asking(...questions: readonly Question[]): Flow<readonly unknown[], unknown, object, object> {
  return {
    initial: [],
    next: (state, event) => [...state, event],
    view: (state) => {
      const question = questions[state.length]
      return question
        ? {kind: 'ask', id: `q${state.length}`, question, answer: (value) => value}
        : {kind: 'end', id: 'end', outcome: state}
    },
  }
}
const one = (choices = fruits): Question => ({kind: 'select', message: say`Fruit?`, choices})

test('Ctrl+C between two questions, where it is a signal, leaves at once', async () => {
  const {see, ended} = start(asking(one()), {})
  await see('Fruit?')
  process.emit('SIGINT')
  expect(await ended).toMatchObject({kind: 'left'})
})

describe('a numbered list', () => {
  test('shows every hint, and takes a number, a part of a name, or what Enter takes', async () => {
    const screen = start(asking(one(), one(), {...one(), initial: 'pear'} as Question), {})
    await screen.see('  1. an apple\n       Green or red.\n  2. a pear\n       Only green.\nAnswer [1]: ')
    screen.type('2\r')
    await screen.see('  b. Go back\nAnswer [1]: ')
    screen.type('pea\r')
    await screen.see('  2. a pear\n       Only green.\nAnswer [2]: ')
    screen.type('\r')
    await screen.see('Answer [2]: ')
    screen.type('\r')
    expect(await screen.ended).toMatchObject({outcome: ['pear', 'pear', 'pear']})
  })

  test('a wrong number is told, and a paste of several lines answers nothing', async () => {
    const screen = start(asking(one()), {})
    await screen.see('Answer [1]: ')
    screen.type('9\r')
    await screen.see('! There are 2 choices.')
    await screen.see('Answer [1]: ')
    screen.type(paste(CSV))
    await screen.see('That was a paste of several lines')
    await screen.see('Answer [1]: ')
    screen.type(CSV.replaceAll('\n', '\r'))
    await screen.see('That was a paste of several lines')
    await screen.see('Answer [1]: ')
    expect(screen.text()).not.toContain(SECRET)
    screen.type('3\u007F2\r')
    expect(await screen.ended).toMatchObject({outcome: ['pear']})
  })

  test('a long one is searched, and printed whole only on request', async () => {
    const many = Array.from({length: 30}, (_, index) => ({id: `n${index}`, label: safe(`number ${index}`)}))
    const screen = start(asking({...one(many), initial: 'n4'} as Question), {})
    await screen.see(
      '30 choices. Type part of a name to search, or ? to see all.\n   5. number 4\nAnswer [5]: ',
    )
    screen.type('number 3\r')
    await screen.see('   4. number 3\n  14. number 13\n  24. number 23\nAnswer: ')
    screen.type('\r')
    await screen.see('! No choice matches this.')
    screen.type('?\r')
    await screen.see('  30. number 29\n')
    await screen.see('Answer: ')
    screen.type('21\r')
    expect(await screen.ended).toMatchObject({outcome: ['n20']})
  })

  test('several numbers mark several; b and Esc lead back to what was answered', async () => {
    const many = {kind: 'choose-many', message: say`Fruits?`, choices: fruits, min: 1} as const
    const screen = start(asking(many, one()), {})
    await screen.see('Answer [none]: ')
    screen.type('\r')
    await screen.see('! Choose at least 1.')
    screen.type('2,1\r')
    await screen.see('Answer [1]: ')
    screen.type('b\r')
    await screen.see('Answer [1,2]: ')
    screen.type('1-2\r')
    await screen.see('Answer [1]: ')
    screen.type('\u001B')
    await new Promise((resolve) => setTimeout(resolve, 40))
    await screen.see('Answer [1,2]: ')
    screen.type('all\r')
    await screen.see('Answer [1]: ')
    screen.type('1\r')
    expect(await screen.ended).toMatchObject({outcome: [['apple', 'pear'], 'apple']})
  })

  test('an address is one row, whatever the width: it is opened and copied whole', async () => {
    const url = safe(`https://example.com/${'long/'.repeat(30)}`)
    const {text, ended} = start(
      {
        initial: 0,
        next: (state) => state,
        view: () => ({kind: 'end', id: 'end', outcome: {}, panels: [{kind: 'link', url}]}),
      },
      {},
      40,
    )
    await ended
    expect(text().split(/\r?\n/)).toContain(url)
  })

  test('no row is wider than the terminal, and no word is broken', async () => {
    const hint = safe('word '.repeat(40).trim())
    const screen = start(
      asking({kind: 'select', message: hint, hint, choices: [{id: 'a', label: hint, hint}]}),
      {},
      40,
    )
    await screen.see('Answer [1]: ')
    const rows = screen.text().split('\n')
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThan(40)
    expect(screen.text().match(/word\b/g)?.length).toBe(160)
  })

  test('any text means something, and a number that is taken is in the list', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 12}), fc.boolean(), (text, isMany) => {
        const read = readListAnswer(text, {choices: fruits, keys: [{key: 'b', label: say`go back`}], isMany})
        if (read.kind === 'chosen' || read.kind === 'narrowed')
          expect(read.numbers.every((number) => number === 1 || number === 2)).toBe(true)
        if (read.kind === 'wrong') expect(read.complaint.what).not.toBe('')
      }),
      {numRuns: runs(1_000), seed},
    )
    const huge = readListAnswer('1-999999', {choices: fruits, keys: [], isMany: true})
    expect(huge.kind).toBe('wrong')
  })
})

describe('the local path', () => {
  const ports = (changes: Partial<LocalProfilePorts> = {}) =>
    goodPorts({knownProfiles: async () => known, ...changes})

  test('a refused paste is replaced by the next one, and says how to clear it', async () => {
    const screen = start(localProfile({}), ports())
    await screen.see('Answer [1]: ')
    screen.type('1\r')
    await screen.see('Answer [1]: ')
    screen.type('3\r')
    await screen.see('\r> ')
    screen.type(paste('nothing of a key\nin here at all'))
    screen.type('\r')
    await screen.see('Ctrl+U clears it; a new paste replaces it.')
    screen.type(paste(CSV))
    await screen.see('2 lines pasted, hidden')
    screen.type('\r')
    await screen.see('The key works')
    expect(screen.text()).not.toContain(SECRET)
  })

  test('keys of a step stand in its list, with a capital; a page that does not open has its address told', async () => {
    const screen = start(
      localProfile({}),
      ports({openPage: async () => ({opened: false, reason: say`There is no display here.`})}),
    )
    await screen.see('Answer [1]: ')
    screen.type('1\r')
    await screen.see('Answer [1]: ')
    screen.type('1\r')
    await screen.see('Answer [1]: ')
    screen.type('1\r')
    await screen.see('Go on?\n  1. Done, next step\n  o. Open the page\n  b. Go back\nAnswer [1]: ')
    screen.type('o\r')
    await screen.see('There is no display here. Open this page yourself.')
    await screen.see('Answer [1]: ')
    screen.type('\u0003')
    await screen.see('Nothing was written.')
    expect(await screen.ended).toEqual({kind: 'left', isUntouched: true})
  })

  test('a typed key ID stands there again after Esc; the secret does not', async () => {
    const screen = start(localProfile({}), ports())
    await screen.see('Answer [1]: ')
    screen.type('\r')
    await screen.see('Answer [1]: ')
    screen.type('3\r')
    await screen.see('\r> ')
    screen.type(`${KEY_ID}\r`)
    await screen.see('Enter AWS Secret Access Key:')
    screen.driver.back()
    expect(screen.driver.snapshot.earlier).toBe(KEY_ID)
  })
})
