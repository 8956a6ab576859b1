import {PassThrough} from 'node:stream'
import {describe, expect, test} from '@jest/globals'
import {localProfile} from '../../flows/local-profile/flow.js'
import type {LocalProfilePorts} from '../../flows/local-profile/ports.js'
import {Driver} from '../../src/engine/driver.js'
import type {Answer} from '../../src/engine/types.js'
import {runJson} from '../../src/frontends/json.js'
import {CSV, SECRET, goodPorts} from '../support/local-ports.js'

type Line = Record<string, unknown>

/** A conversation in JSON lines: each line of the program is shown to `reply`, whose answers go back as lines. */
async function converse(
  reply: (line: Line) => readonly (Line | string)[],
  options: {
    ports?: LocalProfilePorts
    presets?: ReadonlyMap<string, Answer>
    isDemo?: boolean
    ends?: boolean
  } = {},
) {
  const driver = new Driver(localProfile({}), {
    ports: options.ports ?? goodPorts(),
    ...(options.presets ? {presets: options.presets} : {}),
  })
  const stdin = new PassThrough()
  const lines: Line[] = []
  const running = runJson(driver, {
    stdin,
    isDemo: options.isDemo ?? false,
    write: (text) => {
      const line = JSON.parse(text) as Line
      lines.push(line)
      for (const answer of reply(line))
        stdin.write(`${typeof answer === 'string' ? answer : JSON.stringify(answer)}\n`)
      return true
    },
  })
  if (options.ends) stdin.end()
  return {ended: await running, lines}
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  account: 'yes',
  method: 'have',
  key: CSV,
  profile: 'default',
  replace: 'yes',
  region: 'eu-west-1',
  plan: 'yes',
  receipt: 'done',
}
const answerAll = (line: Line): readonly Line[] =>
  line['type'] === 'question' ? [{id: line['id'] as string, answer: ANSWERS[line['id'] as string]}] : []

describe('JSON lines', () => {
  test('carry the whole path, question by question, to the outcome', async () => {
    const {ended, lines} = await converse(answerAll)
    expect(ended).toMatchObject({
      kind: 'done',
      outcome: {kind: 'saved', profile: 'default', region: 'eu-west-1', accountId: '210987654321'},
    })
    expect(lines.filter(({type}) => type === 'question').map(({id}) => id)).toEqual(Object.keys(ANSWERS))
    expect(lines.find(({id}) => id === 'plan')).toMatchObject({
      kind: 'select',
      option: '--yes',
      choices: [{id: 'yes'}, {id: 'change'}, {id: 'no'}],
      panels: [{kind: 'heading'}, {kind: 'diff', path: '~/.aws/credentials'}, {kind: 'diff'}],
    })
    expect(JSON.stringify(lines)).not.toContain(SECRET)
  })

  test('refuse what is no answer, with an example of right, and ask on', async () => {
    const wrong: (Line | string)[] = [
      'no json',
      {id: 'method', answer: 'have'},
      {id: 'account'},
      {id: 'account', answer: 'perhaps'},
    ]
    let isFirst = true
    const {lines} = await converse((line) => {
      if (line['type'] !== 'question') return []
      const first = isFirst ? wrong : []
      isFirst = false
      return [...first, ...answerAll(line)]
    })
    const refused = lines.filter(({type}) => type === 'refused')
    expect(refused.map(({what}) => what)).toEqual([
      'This line is not a JSON object.',
      'The question that stands is "account".',
      'This line has no answer.',
      'This is not one of the choices.',
    ])
    expect(refused[0]).toMatchObject({example: '{"id":"account","answer":"yes"}'})
  })

  test('go back and leave', async () => {
    const asked: unknown[] = []
    const {ended} = await converse((line) => {
      if (line['type'] !== 'question') return []
      asked.push(line['id'])
      if (asked.length === 1) return [{id: 'account', answer: 'yes'}]
      return asked.length === 2 ? [{back: true}] : [{cancel: true}]
    })
    expect(asked).toEqual(['account', 'method', 'account'])
    expect(ended).toEqual({kind: 'left', isUntouched: true})
  })

  test('when input ends, presets and harmless answers go on; the first open question is named', async () => {
    const {ended} = await converse(() => [], {ends: true})
    expect(ended).toMatchObject({
      kind: 'unanswered',
      step: {id: 'key', unattended: {option: '--keys-from FILE'}},
    })
    const given = new Map<string, Answer>(Object.entries(ANSWERS))
    const {ended: done, lines} = await converse(() => [], {ends: true, presets: given})
    expect(done.kind).toBe('done')
    expect(lines.some(({type}) => type === 'question')).toBe(false)
  })

  test('an offer is used by its name, and every line of practice says demo', async () => {
    const driver = new Driver(localProfile({isPractice: true}), {
      ports: goodPorts({practiceKey: async () => CSV}),
    })
    const stdin = new PassThrough()
    const lines: Line[] = []
    const running = runJson(driver, {
      stdin,
      isDemo: true,
      write: (text) => {
        const line = JSON.parse(text) as Line
        lines.push(line)
        if (line['type'] !== 'question') return true
        const message =
          line['id'] === 'key'
            ? {id: 'key', offer: 'ctrl+t'}
            : {id: line['id'], answer: ANSWERS[line['id'] as string]}
        stdin.write(`${JSON.stringify(message)}\n`)
        return true
      },
    })
    expect((await running).kind).toBe('done')
    expect(lines.every(({demo}) => demo === true)).toBe(true)
  })
})
