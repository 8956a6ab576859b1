import {describe, expect, test} from '@jest/globals'
import {fileURLToPath} from 'node:url'
import {Terminal} from '../support/terminal.js'
import {homeSandbox} from '../support/home.js'

const TOY = fileURLToPath(new URL('toy.mjs', import.meta.url))
const toy = (...manners: string[]) =>
  Terminal.start({args: [TOY, ...manners], env: homeSandbox().env, cols: 40, rows: 10})

describe('what a person sees and presses', () => {
  test('several keys go in one write, and the screen is what stands at the end', async () => {
    const t = await toy()
    await t.see('> apples')
    t.press('down', 'down', 'up', 'x')
    await t.see('typed: x')
    expect(t.screen().slice(0, 5)).toEqual(['Fruit', '  apples', '> pears', '  plums', 'typed: x'])
    t.press('enter')
    expect(await t.exit()).toEqual({code: 0, signal: null})
    expect(t.screen()).toContain('chosen: pears')
    expect(t.raw.toString()).toContain('\u001B[36m> pears')
    expect(t.widthOk()).toBe(true)
    expect(await t.restored()).toEqual([])
  })

  test('a text that does not come is an error with the whole screen', async () => {
    const t = await toy()
    await t.see('Fruit')
    await expect(t.see('> figs', {timeoutMs: 50})).rejects.toThrow(
      /to see "> figs".*within 50 ms[^]*\|> apples/,
    )
  })

  test('a program that ends while something is waited for is told at once, with its exit code', async () => {
    const t = await toy('fail')
    await t.see('Fruit')
    t.press('enter')
    await expect(t.see('never')).rejects.toThrow(/the program ended \(exit code 3\)[^]*chosen: apples/)
  })

  test('a text that went away can be waited for', async () => {
    const t = await toy()
    await t.see('> apples')
    t.press('down')
    await t.gone('> apples')
    expect(t.screen()).toContain('> pears')
  })

  test('a program that never ends is an error of exit', async () => {
    const t = await toy()
    await t.see('Fruit')
    await expect(t.exit({timeoutMs: 50})).rejects.toThrow('did not end within 50 ms')
  })

  test('a signal is told by its name', async () => {
    const t = await toy()
    await t.see('Fruit')
    t.kill('SIGKILL')
    expect(await t.exit()).toEqual({code: null, signal: 'SIGKILL'})
  })

  test('Ctrl+C is a key in raw mode', async () => {
    const t = await toy()
    await t.see('Fruit')
    t.press('ctrl+c')
    expect(await t.exit()).toEqual({code: 130, signal: null})
  })

  test('arrows follow the cursor key mode of the program', async () => {
    const t = await toy('application-keys')
    await t.see('> apples')
    t.press('down')
    await t.see('> pears')
  })

  test('an unknown key name is a mistake of the test', async () => {
    const t = await toy()
    expect(() => t.press('entre')).toThrow('"entre"')
  })

  test('the program learns of a new size', async () => {
    const t = await toy()
    await t.see('Fruit')
    t.resize(60, 12)
    await t.see('size 60x12')
    expect(t.screen()).toHaveLength(12)
  })
})

describe('pastes', () => {
  test('stand between markers once the program has asked for them, line ends as carriage returns', async () => {
    const t = await toy()
    await t.see('typed:')
    expect(t.isPasteMode).toBe(true)
    t.paste('one\ntwo')
    await t.see(String.raw`typed: \u001b[200~one\rtwo\u001b[201~`)
  })

  test('cannot hold the end marker', async () => {
    const t = await toy()
    await t.see('typed:')
    t.paste('a\u001B[201~b')
    await t.see(String.raw`\u001b[200~ab\u001b[201~`)
  })

  test('come bare without paste mode', async () => {
    const t = await toy('no-paste-mode')
    await t.see('typed:')
    t.paste('one')
    await t.see(/typed: one$/m)
  })
})

describe('width', () => {
  test('a line one column too long is told', async () => {
    const t = await toy('wide')
    await t.see('Fruit')
    expect(() => t.widthOk()).toThrow(`40 columns:\n${'w'.repeat(41)}`)
  })

  test('a line as wide as the terminal is right', async () => {
    const t = await toy('full')
    await t.see('Fruit')
    expect(t.widthOk()).toBe(true)
  })

  test('a line that the terminal folds at a resize is not the fault of the program', async () => {
    const t = await toy('full')
    await t.see('Fruit')
    t.resize(30, 10)
    await t.see('size 30x10')
    expect(t.widthOk()).toBe(true)
  })
})

describe('the terminal that is left behind', () => {
  test.each([
    ['hide-cursor', 'the cursor is hidden'],
    ['leave-paste', 'mode 2004 is on'],
    ['leave-mouse', 'mode 1003 is on'],
    ['leave-colour', 'a colour or style is left on'],
    ['mid-line', 'the cursor is not at the start of a line'],
    ['alternate', 'the alternate screen was used'],
  ])('%s is told', async (manner, complaint) => {
    const t = await toy(manner)
    await t.see('Fruit')
    t.press('enter')
    expect(await t.restored()).toEqual([complaint])
  })

  test('raw mode left on is told', async () => {
    const t = await toy()
    await t.see('Fruit')
    t.kill('SIGKILL')
    const complaints = await t.restored()
    expect(complaints).toContain('line setting echo is off')
    expect(complaints).toContain('line setting icanon is off')
    expect(complaints).toContain('the cursor is hidden')
  })
})
