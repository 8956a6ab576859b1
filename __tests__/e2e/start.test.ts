import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {Terminal} from '../support/terminal.js'
import {CLI, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

/** What the hook writes when it holds the program up: all that was printed before has then arrived. A title, unseen. */
const HELD = '\u001B]0;held\u0007'
/**
 * Notes each file of the program that is loaded, and holds those up that come after the first screen, until a file
 * says go: so that the first screen can be looked at for as long as a test needs.
 */
const HOOK = `
const Module = require('node:module')
const {appendFileSync, existsSync, writeSync} = require('node:fs')
const load = Module._load
const pause = new Int32Array(new SharedArrayBuffer(4))
Module._load = function (request, ...rest) {
  const name = /^\\.\\/(\\w+)\\.js$/.exec(request)?.[1]
  if (name) {
    appendFileSync(process.env.LOADED, name + '\\n')
    if (name !== 'start' && name !== 'survey' && !existsSync(process.env.GO)) {
      writeSync(1, ${JSON.stringify(HELD)})
      while (!existsSync(process.env.GO)) Atomics.wait(pause, 0, 0, 5)
    }
  }
  return load.call(this, request, ...rest)
}
`
const QUESTION = 'AWS Credentials Set-Up Method:'

interface Held {
  readonly terminal: Terminal
  /** The files of the program that are loaded by now. */
  loaded(): readonly string[]
  go(): void
}

/** The wizard in which nothing is loaded beyond the first screen. */
async function held({cols = 80, rows = 24, env = {}, args = []}: Start = {}): Promise<Held> {
  const place = (name: string) => join(stage.home.path, name)
  writeFileSync(place('hook.cjs'), HOOK)
  const terminal = await Terminal.start({
    args: ['--require', place('hook.cjs'), CLI, ...args],
    env: {...stage.home.env, LOADED: place('loaded'), GO: place('go'), ...env},
    cwd: stage.dir,
    cols,
    rows,
  })
  return {
    terminal,
    loaded: () =>
      existsSync(place('loaded')) ? readFileSync(place('loaded'), 'utf8').trim().split('\n') : [],
    go: () => writeFileSync(place('go'), ''),
  }
}

interface Start {
  readonly cols?: number
  readonly rows?: number
  readonly env?: Record<string, string>
  readonly args?: readonly string[]
}

/** Every cell of the screen by its place: its character, colour and style. A spinner turns, and counts as one sign. */
function cells({emulator}: Terminal): ReadonlyMap<string, string> {
  const {active} = emulator.buffer
  const found = new Map<string, string>()
  for (let y = 0; y < emulator.rows; y++)
    for (let x = 0; x < emulator.cols; x++) {
      const cell = active.getLine(active.baseY + y)?.getCell(x)
      if (!cell) continue
      const style = [cell.isBold(), cell.isDim(), cell.isInverse(), cell.isUnderline()].map(Number).join('')
      const sign = (cell.getChars() || ' ').replace(/[\u2800-\u28ff]/u, '(spinner)')
      found.set(`row ${y}, column ${x}`, `${sign} ${cell.getFgColorMode()}.${cell.getFgColor()} ${style}`)
    }
  return found
}

/** The cells that are not the same any more, as `row 3, column 7: a -> b`. */
function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after].flatMap(([place, now]) =>
    before.get(place) === now ? [] : [`${place}: ${before.get(place)} -> ${now}`],
  )
}

/** How often a text has been written so far. */
const timesWritten = (terminal: Terminal, text: string) => terminal.raw.toString().split(text).length - 1

async function allPrinted(terminal: Terminal): Promise<void> {
  await terminal.until(() => terminal.raw.includes(HELD), {expected: 'the program to be held up'})
}

/** The whole of Ink's first frame has arrived: the last row of it, the keys, was written once more. */
async function inkDrew(terminal: Terminal, sees: string, before: number): Promise<void> {
  await terminal.until(
    () => {
      const text = terminal.raw.toString()
      return timesWritten(terminal, sees) > before && text.lastIndexOf(' leave') > text.lastIndexOf(sees)
    },
    {expected: 'Ink to draw'},
  )
}

const KEY =
  'aws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ' + 'sEcr3t'.repeat(6) + 'sEcr\n'
const MACHINES: Record<string, {files: Record<string, string>; sees: string}> = {
  'nothing here': {files: {}, sees: QUESTION},
  'profiles, none of them used': {
    files: {
      '.aws/config': '[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/a\n',
    },
    sees: 'What would you like to do?',
  },
  'a file that cannot be understood': {
    files: {'.aws/credentials': 'no section\n[a]\naws_access_key_id = 1\n'},
    sees: 'What would you like to do?',
  },
  'a name of wide characters': {
    files: {'.aws/credentials': `[日本語👩‍💻]\n${KEY}`},
    sees: 'What would you like to do?',
  },
  'a key that is asked about': {files: {'.aws/credentials': `[default]\n${KEY}`}, sees: 'Asking AWS'},
}
const SIZES = [
  [80, 24],
  [60, 20],
  [40, 12],
  [132, 50],
] as const

describe('the first screen', () => {
  describe.each(Object.entries(MACHINES))('with %s', (_, {files, sees}) => {
    test.each(SIZES)('at %ix%i is the one that Ink goes on with, cell by cell', async (cols, rows) => {
      for (const [file, text] of Object.entries(files)) stage.home.write(file, text)
      // Whoever is asked never answers, so that the question stands.
      stage.practice.faults.add({kind: 'silence', action: 'sts:GetCallerIdentity'})
      const {terminal, loaded, go} = await held({cols, rows})
      await terminal.see(sees)
      await allPrinted(terminal)
      expect(loaded().slice(0, -1)).toEqual(['start', 'survey'])
      const painted = {cells: cells(terminal), written: timesWritten(terminal, sees)}
      go()
      await inkDrew(terminal, sees, painted.written)
      expect(changes(painted.cells, cells(terminal))).toEqual([])
      expect(terminal.isCursorVisible).toBe(false)
      terminal.press('ctrl+c')
      expect(await terminal.exit()).toMatchObject({code: 130})
      expect(await terminal.restored()).toEqual([])
      // What was painted is not left above what Ink drew.
      expect(terminal.scrollback().join('\n').split(sees).length - 1).toBeLessThan(2)
      terminal.widthOk()
    })
  })

  test('is the same without colours', async () => {
    const {terminal, go} = await held({env: {NO_COLOR: '1'}})
    await terminal.see(QUESTION)
    await allPrinted(terminal)
    const painted = {cells: cells(terminal), written: timesWritten(terminal, QUESTION)}
    expect([...painted.cells.values()].filter((cell) => !cell.endsWith(' 0.-1 0000'))).toEqual([])
    go()
    await inkDrew(terminal, QUESTION, painted.written)
    expect(changes(painted.cells, cells(terminal))).toEqual([])
  })

  test('takes keys that are typed before Ink is there, in order', async () => {
    const {terminal, go} = await held()
    await terminal.see('serverless-setup')
    terminal.press('down')
    await terminal.see(QUESTION)
    // Out of order these would lead to the first or the last choice.
    terminal.press('down', 'up')
    terminal.press('enter')
    go()
    await terminal.see('Do you have an AWS account?')
    expect(terminal.screen().join('\n')).toContain('✔ AWS Credentials Set-Up Method: Save AWS Credentials')
  })

  test('is left with Ctrl+C typed before Ink is there', async () => {
    const {terminal, go} = await held()
    await terminal.see(QUESTION)
    terminal.press('ctrl+c')
    go()
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(await terminal.restored()).toEqual([])
    expect(terminal.screen().join('\n')).toContain('Nothing was written.')
  })

  test('fits a window that was made narrower before Ink was there', async () => {
    const {terminal, go} = await held({cols: 100})
    await terminal.see(QUESTION)
    const written = timesWritten(terminal, QUESTION)
    terminal.resize(60, 20)
    go()
    await terminal.until(
      (lines) =>
        timesWritten(terminal, QUESTION) > written &&
        lines.filter((line) => line.includes(QUESTION)).length === 1,
      {expected: 'Ink to draw one question'},
    )
    terminal.press('down', 'enter')
    await terminal.see('Do you have an AWS account?')
  })
})

test.each([
  [['--path', 'local'], 'Do you have an AWS account?'],
  [['sso'], 'start URL'],
  [['undo'], 'nothing'],
  [['demo'], QUESTION],
])('%j shows the header at once, and goes on from it', async (args, sees) => {
  const {terminal, loaded, go} = await held({args})
  await terminal.see('serverless-setup')
  expect(loaded()).not.toContain('ink')
  go()
  await terminal.see(sees)
  expect(terminal.scrollback().filter((line) => line.includes('serverless-setup  AWS'))).toHaveLength(1)
})

test('an option that is refused leaves no half-drawn screen', async () => {
  const terminal = await Terminal.start({
    args: [CLI, '--region', 'moon'],
    env: stage.home.env,
    cwd: stage.dir,
  })
  expect(await terminal.exit()).toMatchObject({code: 2})
  expect(terminal.screen().join('\n').trim()).toMatch(/^--region: /)
  expect(await terminal.restored()).toEqual([])
})
