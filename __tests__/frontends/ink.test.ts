import {EventEmitter, once} from 'node:events'
import xterm from '@xterm/headless'
import {afterEach, describe, expect, test} from '@jest/globals'
import {localProfile} from '../../flows/local-profile/flow.js'
import {welcome} from '../../flows/welcome/flow.js'
import type {WelcomePorts} from '../../flows/welcome/ports.js'
import {Driver} from '../../src/engine/driver.js'
import type {Flow} from '../../src/engine/types.js'
import {runInk} from '../../src/frontends/ink.js'
import {KeyDecoder, type TerminalInput} from '../../src/frontends/terminal-input.js'
import {Failure} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import {CSV, KEY_ID, SECRET, goodPorts, problem} from '../support/local-ports.js'

const UP = '\u001B[A'
const DOWN = '\u001B[B'
const ENTER = '\r'
const ESC = '\u001B'
const paste = (text: string) => `\u001B[200~${text}\u001B[201~`

const {Terminal: Emulator} = xterm

const open: {cancel(): void}[] = []
afterEach(() => {
  for (const driver of open.splice(0)) driver.cancel()
})

/** Ink on a screen kept in memory: the newest frame, and a hand on the keyboard. */
function start<S, E, O>(
  flow: Flow<S, E, WelcomePorts, O>,
  ports: WelcomePorts,
  size = {columns: 80, rows: 24},
) {
  let written = ''
  let frame = ''
  const screen = new EventEmitter()
  const stdout = Object.assign(new EventEmitter(), {
    ...size,
    isTTY: true,
    write: (chunk: string) => {
      written += chunk
      const text = chunk.replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '')
      if (text.includes('serverless-setup')) frame = text
      screen.emit('written')
      return true
    },
  }) as unknown as NodeJS.WriteStream
  let handler: Parameters<TerminalInput['listen']>[0] | undefined
  const decoder = new KeyDecoder()
  const input: TerminalInput = {listen: (next) => (handler = next), restore: () => undefined}
  const driver = new Driver(flow, {ports})
  const ended = runInk(driver, {input, stdout, env: {}, badge: say`DEMO`})
  /** Everything given is one write of the terminal. */
  const press = async (...keys: readonly string[]) => {
    await settle()
    handler?.([...decoder.push(keys.join('')), ...decoder.flush()])
    await settle()
  }
  /** Waits until what was written is as wanted, at most until the deadline. */
  const until = async (isThere: () => boolean, wanted = 'it') => {
    const deadline = AbortSignal.timeout(3_000)
    while (!isThere()) {
      await once(screen, 'written', {signal: deadline}).catch(() => {
        throw new Error(`${wanted} did not come. The screen:\n${frame}`)
      })
    }
  }
  const see = async (text: string) => until(() => frame.includes(text), `"${text}"`)
  open.push(driver)
  return {press, see, until, ended, driver, frame: () => frame, written: () => written}
}

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('the local path with Ink', () => {
  test('from no account to the receipt, by keyboard alone', async () => {
    const wizard = start(
      localProfile({}),
      goodPorts({openPage: async () => ({opened: false, reason: say`There is no display here.`})}),
    )
    await wizard.see('Do you have an AWS account?')
    await wizard.press(DOWN, ENTER)
    await wizard.see('There is no display here. Open this page yourself.')
    await wizard.press(ENTER)
    await wizard.see('How do you want to get an access key?')
    await wizard.press(ENTER)
    await wizard.see('What may this access key do')
    await wizard.press(ENTER)
    await wizard.see('step 1 of 3')
    await wizard.press(ENTER)
    await wizard.press(ENTER)
    await wizard.see('step 3 of 3')
    await wizard.press(ENTER)
    await wizard.see('Enter AWS Access Key ID:')
    await wizard.press(KEY_ID)
    await wizard.see(KEY_ID)
    await wizard.press(ENTER)
    await wizard.see('Enter AWS Secret Access Key:')
    await wizard.press(SECRET, ENTER)
    await wizard.see('The key works')
    await wizard.press(ENTER)
    await wizard.see('Profile name:')
    await wizard.press('other', ENTER)
    await wizard.see('Region to deploy to')
    await wizard.press('frankfurt', ENTER)
    await wizard.see('Write this?')
    await wizard.press(ENTER)
    await wizard.see('your credentials are saved and verified')
    expect(wizard.frame()).toContain('serverless deploy')
    await wizard.press(ENTER)
    expect(await wizard.ended).toMatchObject({
      kind: 'done',
      outcome: {kind: 'saved', profile: 'other', region: 'eu-central-1'},
    })
    expect(wizard.written()).not.toContain(SECRET)
  })

  test('a whole paste is understood, masked, and its line ends submit nothing', async () => {
    const wizard = start(localProfile({}), goodPorts())
    await wizard.press(ENTER, DOWN, DOWN, ENTER)
    await wizard.see('Enter AWS Access Key ID:')
    await wizard.press(paste(CSV))
    await wizard.see('2 lines pasted, hidden')
    expect(wizard.driver.snapshot.step.id).toBe('key')
    await wizard.press(ENTER)
    await wizard.see('Understood: access key AKIA************KJH2')
    expect(wizard.written()).not.toContain(SECRET)
  })

  test('a paste without paste mode, as text and Enters in one write, is one paste', async () => {
    const wizard = start(localProfile({}), goodPorts())
    await wizard.press(ENTER, DOWN, DOWN, ENTER)
    await wizard.press(CSV.replaceAll('\n', '\r'))
    await wizard.see('2 lines pasted, hidden')
    expect(wizard.written()).not.toContain(SECRET)
  })

  test('a secret in the field of the ID is not drawn, and is kept for the ID', async () => {
    const wizard = start(localProfile({}), goodPorts())
    await wizard.press(ENTER, DOWN, DOWN, ENTER)
    await wizard.press('wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz', ENTER)
    await wizard.see('That is a secret access key')
    expect(wizard.written()).not.toContain('wJalrXUtn')
    expect(wizard.driver.snapshot.step.id).toBe('key')
  })

  test('a command longer than the screen is copied or printed whole, above the frame', async () => {
    const wizard = start(localProfile({}), goodPorts())
    await wizard.press(ENTER, DOWN, ENTER)
    await wizard.press(DOWN, ENTER)
    await wizard.see('One command in AWS CloudShell')
    await wizard.press('c')
    await wizard.see('Sent to the clipboard through your terminal; if')
    const clipboard = /\u001B\]52;c;([^\u0007]+)\u0007/.exec(wizard.written())?.[1] ?? ''
    const command = Buffer.from(clipboard, 'base64').toString()
    expect(command).toContain('aws iam create-access-key')
    for (let time = 0; time < 2; time += 1) {
      const before = wizard.written().length
      await wizard.press('p')
      await wizard.see('One command in AWS CloudShell')
      await wizard.until(() => {
        const printed = wizard.written().slice(before)
        return (
          printed.includes(command.trimEnd()) &&
          printed.lastIndexOf('One command in') > printed.indexOf('aws iam')
        )
      })
      await wizard.see('Printed above: scroll your terminal up.')
    }
  })

  test('what is shown scrolls with the arrows and the space bar', async () => {
    const wizard = start(localProfile({}), goodPorts(), {columns: 60, rows: 14})
    await wizard.press(ENTER, DOWN, ENTER)
    await wizard.press(DOWN, ENTER)
    await wizard.see('↑↓ scroll')
    const first = wizard.frame()
    await wizard.press(DOWN)
    await wizard.see('▲ 1 more')
    await wizard.press(' ')
    // A page of what is seen, but for one row.
    await wizard.see('▲ 5 more')
    await wizard.press(UP, UP, UP, UP, UP, UP)
    await wizard.until(() => wizard.frame() === first)
    expect(wizard.driver.snapshot.step.id).toBe('cloudshell')
  })

  test('Esc back keeps what was answered, but no secret', async () => {
    const wizard = start(localProfile({}), goodPorts())
    await wizard.press(ENTER, DOWN, DOWN, ENTER)
    await wizard.press(KEY_ID, ENTER)
    await wizard.see('Enter AWS Secret Access Key:')
    await wizard.press(SECRET, ENTER)
    await wizard.see('The key works')
    await wizard.press(ENTER)
    await wizard.see('Profile name:')
    await wizard.press('other', ENTER)
    await wizard.see('Region to deploy to')
    await wizard.press(ESC)
    await wizard.see('› other')
    await wizard.press(ESC)
    await wizard.see('The key works')
    await wizard.press(ESC)
    await wizard.see('? Enter AWS Secret Access Key:')
    expect(wizard.frame()).not.toContain('•')
    await wizard.press(ESC)
    await wizard.see(`› ${KEY_ID}`)
    await wizard.press(ESC)
    await wizard.see('❯ I already have an access key')
  })

  test('Esc goes back question by question; Ctrl+C leaves', async () => {
    const wizard = start(localProfile({}), goodPorts())
    await wizard.press(ENTER)
    await wizard.see('How do you want to get an access key?')
    await wizard.press(ESC)
    await wizard.see('Do you have an AWS account?')
    await wizard.press('\u0003')
    expect(await wizard.ended).toEqual({kind: 'left', isUntouched: true})
    expect(wizard.written()).toContain('Nothing was written.')
  })

  test('Ctrl+C at the receipt leaves the receipt', async () => {
    const wizard = start(localProfile({intent: 'repair', profile: 'default'}), goodPorts())
    await wizard.press(DOWN, ENTER, paste(CSV))
    await wizard.press(ENTER)
    await wizard.see('The key works')
    await wizard.press(ENTER)
    await wizard.see('Yes, replace it')
    await wizard.press(ENTER)
    await wizard.see('Region to deploy to')
    await wizard.press(ENTER)
    await wizard.see('Write this?')
    await wizard.press(ENTER)
    await wizard.see('What now?')
    await wizard.press('\u0003')
    expect(await wizard.ended).toEqual({kind: 'left', isUntouched: false})
    await wizard.until(() => !wizard.frame().includes('What now?'))
    expect(wizard.frame()).toContain('your credentials are saved and verified')
    expect(wizard.frame()).toContain('serverless deploy')
  })

  test('a run that ends with its first work leaves one frame', async () => {
    const quick: Flow<'busy' | 'end', 'end', WelcomePorts, object> = {
      initial: 'busy',
      next: (_state, event) => event,
      view: (at) =>
        at === 'busy'
          ? {kind: 'work', id: 'busy', title: say`Looking`, run: async () => 'end', failed: () => 'end'}
          : {
              kind: 'end',
              id: 'end',
              outcome: {},
              panels: [{kind: 'prose', lines: [say`There was nothing kept.`]}],
            },
    }
    const wizard = start(quick, goodPorts())
    await wizard.ended
    const screen = new Emulator({cols: 80, rows: 24, allowProposedApi: true})
    await new Promise<void>((resolve) =>
      screen.write(`$ before\r\n${wizard.written().replaceAll('\n', '\r\n')}$ after`, resolve),
    )
    const rows = Array.from(
      {length: 8},
      (_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '',
    )
    expect(rows).toEqual([
      '$ before',
      '[DEMO] serverless-setup  AWS credentials for your first deploy',
      '',
      'There was nothing kept.',
      '$ after',
      '',
      '',
      '',
    ])
  })

  test('a refused key shows what, why and the ways on', async () => {
    const verify = async () => Promise.reject(new Failure(problem('SIGNATURE_MISMATCH')))
    const wizard = start(localProfile({}), goodPorts({verify}))
    await wizard.press(ENTER, DOWN, DOWN, ENTER, paste(CSV))
    await wizard.press(ENTER)
    await wizard.see('✖ What happened.')
    expect(wizard.frame()).toContain('→ Run `this command`.')
    expect(wizard.frame()).toContain('❯ Enter the secret again')
    expect(wizard.frame()).toContain('✖ Enter AWS Access Key ID:')
  })

  for (const size of [
    {columns: 60, rows: 20},
    {columns: 40, rows: 16},
  ]) {
    test(`each frame fits ${size.columns}x${size.rows} and says DEMO`, async () => {
      const wizard = start(welcome({}), goodPorts(), size)
      const frames: string[] = []
      const steps = [
        ['AWS Credentials Set-Up', DOWN + ENTER],
        ['Do you have an AWS account?', ENTER],
        ['How do you want', DOWN + ENTER],
        ['What may this access key', DOWN + ENTER],
        ['One command in AWS', ENTER],
        ['Enter AWS Access Key ID:', paste(CSV)],
        ['pasted, hidden', ENTER],
        ['The key works', ENTER],
        ['Profile name:', 'mine\r'],
        ['Region to deploy', ENTER],
        ['Write this?', ENTER],
        ['What now?', ''],
      ] as const
      for (const [words, keys] of steps) {
        await wizard.see(words)
        frames.push(wizard.frame())
        await wizard.press(keys)
      }
      for (const frame of frames) {
        expect(frame).toContain('[DEMO]')
        const lines = frame.replace(/\n$/, '').split('\n')
        expect(lines.length).toBeLessThan(size.rows)
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(size.columns)
      }
    })
  }
})
