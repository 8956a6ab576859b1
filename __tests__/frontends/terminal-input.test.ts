import {EventEmitter} from 'node:events'
import {PassThrough} from 'node:stream'
import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {KeyDecoder, MAX_PASTE_LENGTH, openTerminal} from '../../src/frontends/terminal-input.js'
import {runs, seed} from '../support/proof.js'

const ESC = '\u001B'
const names = (chunk: string) =>
  new KeyDecoder().push(chunk).map((press) => (press.kind === 'key' ? press.name : press.text))

describe('what a terminal sends', () => {
  test('two keys in one write are two key presses', () => {
    expect(names(`${ESC}[B\r`)).toEqual(['down', 'enter'])
    expect(names(`${ESC}OA${ESC}[1;5B\t`)).toEqual(['up', 'down', 'tab'])
  })

  test('control keys, text and multi-byte characters', () => {
    expect(names('\u0003')).toEqual(['ctrl+c'])
    expect(names('aé😀\u007F')).toEqual(['a', 'é', '😀', 'backspace'])
    expect(names('\r\n')).toEqual(['enter'])
  })

  test('a lone escape is held until it is sure that nothing follows', () => {
    const decoder = new KeyDecoder()
    expect(decoder.push(ESC)).toEqual([])
    expect(decoder.isPending).toBe(true)
    expect(decoder.flush()).toEqual([{kind: 'key', name: 'esc'}])
    expect(decoder.push(ESC)).toEqual([])
    expect(decoder.push('[A')).toEqual([{kind: 'key', name: 'up'}])
  })

  test('a paste is one event, without markers, whatever stands in it', () => {
    const text = `[default]\raws_access_key_id = x\r\ny${ESC}[A`
    expect(new KeyDecoder().push(`${ESC}[200~${text}${ESC}[201~\r`)).toEqual([
      {kind: 'paste', text: `[default]\naws_access_key_id = x\ny${ESC}[A`},
      {kind: 'key', name: 'enter'},
    ])
  })

  test('a huge paste is cut', () => {
    const decoder = new KeyDecoder()
    decoder.push(`${ESC}[200~`)
    for (let index = 0; index < 20; index += 1) decoder.push('x'.repeat(100_000))
    const [press] = decoder.push(`${ESC}[201~`)
    expect(press?.kind === 'paste' && press.text.length).toBe(MAX_PASTE_LENGTH)
  })

  test('it does not matter where a stream of keys and pastes is cut', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        `${ESC}[A`,
        `${ESC}[B`,
        `${ESC}OC`,
        `${ESC}[3~`,
        `${ESC}[5~`,
        '\r',
        '\t',
        '\u0003',
        'x',
        'é',
      ),
      fc
        .string({maxLength: 12})
        .filter((text) => !text.includes(ESC))
        .map((text) => `${ESC}[200~${text}${ESC}[201~`),
    )
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 12}), fc.array(fc.nat(200), {maxLength: 8}), (pieces, cuts) => {
        const stream = pieces.join('')
        const whole = new KeyDecoder().push(stream)
        const decoder = new KeyDecoder()
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b),
          stream.length,
        ]
        const parts = edges.slice(1).flatMap((edge, index) => decoder.push(stream.slice(edges[index], edge)))
        expect(parts).toEqual(whole)
      }),
      {numRuns: runs(5_000), seed},
    )
  })

  test('no input makes it throw, and all typed text arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: 'binary', maxLength: 40}), {maxLength: 5}), (chunks) => {
        const decoder = new KeyDecoder()
        const presses = [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.flush()]
        for (const press of presses) {
          if (press.kind === 'text') expect(press.text).not.toMatch(/[\u0000-\u001F\u007F]/)
        }
      }),
      {numRuns: runs(5_000), seed},
    )
  })
})

describe('a terminal', () => {
  const nothing = () => undefined
  const opened = () => {
    const keyboard = Object.assign(new EventEmitter(), {
      setRawMode: nothing,
      setEncoding: nothing,
      ref: nothing,
      resume: nothing,
      pause: nothing,
    })
    const input = openTerminal(keyboard as unknown as NodeJS.ReadStream, new PassThrough() as never)
    return {input, type: (chunk: string) => keyboard.emit('data', chunk)}
  }

  test('keeps what is typed before anybody listens, and delivers it first, in order', () => {
    const {input, type} = opened()
    const heard: string[] = []
    type('ab')
    type(`${ESC}[B`)
    type('\r')
    input.listen((presses) => {
      heard.push(...presses.map((press) => (press.kind === 'key' ? press.name : press.text)))
    })
    type('c')
    expect(heard).toEqual(['a', 'b', 'down', 'enter', 'c'])
    input.restore()
  })
})
