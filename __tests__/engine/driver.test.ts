import {describe, expect, test} from '@jest/globals'
import {Driver} from '../../src/engine/driver.js'
import {lift} from '../../src/engine/compose.js'
import type {Flow, Question, Step} from '../../src/engine/types.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {safe, say} from '../../src/text/safe-text.js'

interface S {
  readonly at: 'name' | 'busy' | 'shown' | 'sure' | 'failed' | 'end'
  readonly name?: string
  readonly problem?: Problem
}
type E =
  | {type: 'name'; name: string}
  | {type: 'worked'}
  | {type: 'problem'; problem: Problem}
  | {type: 'on'}
  | {type: 'sure'; yes: boolean}
interface P {
  work(signal: AbortSignal, report: (n: ReturnType<typeof say>) => void): Promise<void>
}
interface Tweaks {
  readonly isCritical?: boolean
  readonly isBarrier?: boolean
  readonly isAside?: boolean
  readonly isMomentary?: boolean
  readonly assume?: string
}

function flow(tweaks: Tweaks = {}): Flow<S, E, P, {name: string}> {
  return {
    initial: {at: 'name'},
    next: (state, event) => {
      switch (event.type) {
        case 'name':
          return {at: 'busy', name: event.name}
        case 'worked':
          return {...state, at: 'shown'}
        case 'problem':
          return {...state, at: 'failed', problem: event.problem}
        case 'on':
          return {...state, at: 'sure'}
        case 'sure':
          return {...state, at: event.yes ? 'end' : 'name'}
      }
    },
    view: (state): Step<E, P, {name: string}> => {
      switch (state.at) {
        case 'name':
          return {
            kind: 'ask',
            id: 'name',
            question: {
              kind: 'text',
              message: say`Name:`,
              validate: (value) =>
                value === '' ? {what: say`A name is needed.`, example: say`ada`} : undefined,
            },
            offers: [
              {key: 'ctrl+t', label: say`type`, run: async () => ({fill: 'typed'})},
              {key: 'ctrl+n', label: say`note`, run: async () => ({note: say`noted`})},
            ],
            unattended: {
              option: '--profile NAME',
              ...(tweaks.assume === undefined ? {} : {assume: tweaks.assume}),
            },
            answer: (value) => ({type: 'name', name: value as string}),
          }
        case 'busy':
          return {
            kind: 'work',
            id: 'busy',
            title: say`Working`,
            isCritical: tweaks.isCritical ?? false,
            run: async (ports, {signal, report}) => {
              await ports.work(signal, report)
              return {type: 'worked'}
            },
            failed: (problem) => ({type: 'problem', problem}),
            trail: () => say`Worked`,
            panels: [{kind: 'prose', lines: [say`Look elsewhere`]}],
            offers: [{key: 'o', label: say`open`, run: async () => ({note: say`opened`})}],
            turns: [{key: 's', label: say`skip it`, event: {type: 'on'}}],
          }
        case 'shown':
          return {
            kind: 'show',
            id: 'shown',
            panels: [],
            proceed: say`go on`,
            next: {type: 'on'},
            isBarrier: tweaks.isBarrier ?? false,
            isAside: tweaks.isAside ?? false,
          }
        case 'sure':
          return {
            kind: 'ask',
            id: 'sure',
            question: {kind: 'confirm', message: say`Sure?`},
            unattended: {assume: true},
            answer: (value) => ({type: 'sure', yes: value === true}),
          }
        case 'failed':
          return {
            kind: 'ask',
            id: 'failed',
            isMomentary: tweaks.isMomentary ?? false,
            question: {kind: 'confirm', message: say`Again?`},
            answer: () => ({type: 'on'}),
          }
        case 'end':
          return {kind: 'end', id: 'end', outcome: {name: state.name ?? ''}}
      }
    },
  }
}

/** Work that ends when the test says so. */
function heldWork() {
  let release!: () => void
  const signals: AbortSignal[] = []
  const gate = new Promise<void>((resolve) => (release = resolve))
  return {release, signals, ports: {work: async (signal: AbortSignal) => (signals.push(signal), gate)}}
}

const idle = {work: async () => undefined}
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a flow driven by hand', () => {
  test('goes from question to work to the end, and keeps a trail', async () => {
    const driver = new Driver(flow(), {ports: idle})
    expect(driver.answer('ada')).toBeUndefined()
    await turn()
    expect(driver.snapshot.step.id).toBe('shown')
    driver.proceed()
    driver.answer(true)
    expect(await driver.finished).toMatchObject({kind: 'done', outcome: {name: 'ada'}})
    expect(driver.snapshot.trail).toEqual([
      {id: 'name', question: 'Name:', answer: 'ada'},
      {id: 'busy', question: 'Worked'},
      {id: 'sure', question: 'Sure?', answer: 'Yes'},
    ])
  })

  test('refuses a bad answer with an example and stays', () => {
    const driver = new Driver(flow(), {ports: idle})
    expect(driver.answer('')).toEqual({what: 'A name is needed.', example: 'ada'})
    expect(driver.snapshot.step.id).toBe('name')
  })

  test('goes back over work to the question before it, and the trail shrinks', async () => {
    const driver = new Driver(flow(), {ports: idle})
    driver.answer('ada')
    await turn()
    driver.proceed()
    driver.back()
    expect(driver.snapshot.step.id).toBe('shown')
    driver.back()
    expect(driver.snapshot.step.id).toBe('name')
    expect(driver.snapshot.trail).toEqual([])
    expect(driver.snapshot.canGoBack).toBe(false)
    driver.back()
    expect(driver.snapshot.step.id).toBe('name')
  })

  test('Esc during work aborts it, and its late result moves nothing', async () => {
    const held = heldWork()
    const driver = new Driver(flow(), {ports: held.ports})
    driver.answer('ada')
    await turn()
    driver.back()
    expect(held.signals[0]?.aborted).toBe(true)
    held.release()
    await turn()
    expect(driver.snapshot.step.id).toBe('name')
  })

  test('Ctrl+C aborts work at once; a write is waited for', async () => {
    const held = heldWork()
    const driver = new Driver(flow(), {ports: held.ports})
    driver.answer('ada')
    await turn()
    driver.cancel()
    expect(await driver.finished).toEqual({kind: 'left', isUntouched: true})
    expect(held.signals[0]?.aborted).toBe(true)

    const writing = heldWork()
    const critical = new Driver(flow({isCritical: true}), {ports: writing.ports})
    critical.answer('ada')
    await turn()
    expect(critical.snapshot.canGoBack).toBe(false)
    let hasEnded = false
    void critical.finished.then(() => (hasEnded = true))
    critical.cancel()
    await turn()
    expect(hasEnded).toBe(false)
    writing.release()
    expect(await critical.finished).toEqual({kind: 'left', isUntouched: false})
  })

  test('leaving behind a barrier does not say that nothing has changed', async () => {
    const driver = new Driver(flow({isBarrier: true}), {ports: idle})
    driver.answer('ada')
    await turn()
    driver.cancel()
    expect(await driver.finished).toEqual({kind: 'left', isUntouched: false})
  })

  test('after Esc a question begins with the earlier answer, until it is answered anew', async () => {
    const driver = new Driver(flow(), {ports: idle})
    expect(driver.snapshot.earlier).toBeUndefined()
    driver.answer('ada')
    await turn()
    driver.proceed()
    driver.back()
    driver.back()
    expect(driver.snapshot).toMatchObject({step: {id: 'name'}, earlier: 'ada'})
    driver.answer('bob')
    await turn()
    driver.proceed()
    driver.answer(false)
    expect(driver.snapshot.step.id).toBe('name')
    expect(driver.snapshot.earlier).toBeUndefined()
    driver.back()
    expect(driver.snapshot).toMatchObject({step: {id: 'sure'}, earlier: false})
  })

  test('an earlier answer is no secret, and nothing of it is hidden', () => {
    const kinds = [
      {kind: 'secret', message: say`Secret:`},
      {
        kind: 'paste',
        message: say`Key:`,
        reveal: (text: string) => (text === 'id' ? safe(text) : say`hidden`),
      },
    ] as const
    const back = (question: Question, value: string) => {
      const two: Flow<number, number, unknown, object> = {
        initial: 0,
        next: (_state, event) => event,
        view: (at) => ({kind: 'ask', id: `step-${at}`, question, answer: () => at + 1}),
      }
      const driver = new Driver(two, {ports: {}})
      driver.answer(value)
      driver.back()
      return driver.snapshot.earlier
    }
    expect(back(kinds[0], 'id')).toBeUndefined()
    expect(back(kinds[1], 'a long secret')).toBeUndefined()
    expect(back(kinds[1], 'id')).toBe('id')
  })

  test('from something shown aside Enter goes back, and leaves nothing to go back to', async () => {
    const driver = new Driver(flow({isAside: true}), {ports: idle})
    driver.answer('ada')
    await turn()
    driver.proceed()
    expect(driver.snapshot).toMatchObject({step: {id: 'name'}, canGoBack: false})
  })

  test.each([
    [false, 'failed'],
    [true, 'name'],
  ])('Esc leads back to what failed only where that lasts (momentary: %s)', async (isMomentary, id) => {
    const ports = {
      work: async () =>
        Promise.reject(new Failure({code: 'CLOCK_SKEW', what: say``, why: say``, nextSteps: []})),
    }
    const driver = new Driver(flow({isMomentary}), {ports})
    driver.answer('ada')
    await turn()
    expect(driver.snapshot.step.id).toBe('failed')
    driver.answer(true)
    expect(driver.snapshot.step.id).toBe('sure')
    driver.back()
    expect(driver.snapshot.step.id).toBe(id)
  })

  test('behind a barrier there is no way back', async () => {
    const driver = new Driver(flow({isBarrier: true}), {ports: idle})
    driver.answer('ada')
    await turn()
    expect(driver.snapshot.step.id).toBe('shown')
    expect(driver.snapshot.canGoBack).toBe(false)
  })

  test('a thrown failure is an event with its problem; an unknown error is told as unexpected', async () => {
    const problem: Problem = {code: 'CLOCK_SKEW', what: say`No luck.`, why: say`Bad day.`, nextSteps: []}
    for (const [error, code] of [
      [new Failure(problem), 'CLOCK_SKEW'],
      [new TypeError('x is not a function'), 'UNEXPECTED'],
    ] as const) {
      const states: S[] = []
      const base = flow()
      const spying = {...base, next: (s: S, e: E) => (states.push(base.next(s, e)), base.next(s, e))}
      const unexpected: unknown[] = []
      const driver = new Driver(spying, {
        ports: {work: async () => Promise.reject(error)},
        onUnexpected: (each) => unexpected.push(each),
      })
      driver.answer('ada')
      await turn()
      expect(driver.snapshot.step.id).toBe('failed')
      expect(states.at(-1)?.problem?.code).toBe(code)
      expect(unexpected).toEqual(code === 'UNEXPECTED' ? [error] : [])
    }
  })

  test('notes of work and offers stand in the snapshot; a fill comes back to the caller', async () => {
    const driver = new Driver(flow(), {ports: {work: async (_signal, report) => report(say`Half way`)}})
    expect(await driver.offer('ctrl+t')).toEqual({fill: 'typed'})
    expect(await driver.offer('ctrl+n')).toEqual({note: 'noted'})
    expect(driver.snapshot.note).toBe('noted')
    expect(await driver.offer('x')).toBeUndefined()
    const notes: unknown[] = []
    driver.subscribe(() => notes.push(driver.snapshot.note))
    driver.answer('ada')
    await turn()
    expect(notes).toContain('Half way')
  })
})

describe('keys of a work that waits', () => {
  test('a turn ends the work and leads elsewhere; its late result moves nothing', async () => {
    const held = heldWork()
    const driver = new Driver(flow(), {ports: held.ports})
    driver.answer('ada')
    await turn()
    expect(await driver.offer('s')).toBeUndefined()
    expect(held.signals[0]?.aborted).toBe(true)
    expect(driver.snapshot.step.id).toBe('sure')
    held.release()
    await turn()
    expect(driver.snapshot.step.id).toBe('sure')
    driver.back()
    expect(driver.snapshot.step.id).toBe('name')
  })

  test('an offer leaves the work running, with its note beside it', async () => {
    const held = heldWork()
    const driver = new Driver(flow(), {ports: held.ports})
    driver.answer('ada')
    await turn()
    expect(await driver.offer('o')).toEqual({note: 'opened'})
    expect(driver.snapshot).toMatchObject({note: 'opened', step: {id: 'busy'}})
    expect(held.signals[0]?.aborted).toBe(false)
    held.release()
    await turn()
    expect(driver.snapshot.step.id).toBe('shown')
  })
})

describe('a flow without a person', () => {
  test('presets and assumed answers carry it to the end', async () => {
    const driver = new Driver(flow(), {ports: idle, presets: new Map([['name', 'ada']]), isUnattended: true})
    expect(await driver.finished).toMatchObject({kind: 'done', outcome: {name: 'ada'}})
  })

  test('a question without an answer ends it and names the step', async () => {
    const driver = new Driver(flow(), {ports: idle, isUnattended: true})
    expect(await driver.finished).toMatchObject({
      kind: 'unanswered',
      step: {id: 'name', unattended: {option: '--profile NAME'}},
    })
  })

  test('a preset that is refused ends it with the complaint', async () => {
    const driver = new Driver(flow(), {ports: idle, presets: new Map([['name', '']]), isUnattended: true})
    expect(await driver.finished).toMatchObject({kind: 'unanswered', complaint: {what: 'A name is needed.'}})
  })

  test('a preset is used once: the second time the person is asked', async () => {
    const driver = new Driver(flow(), {ports: idle, presets: new Map([['name', 'ada']])})
    await turn()
    driver.proceed()
    driver.answer(false)
    expect(driver.snapshot.step.id).toBe('name')
  })

  test('input that ends later leaves the rest to presets and assumed answers', async () => {
    const driver = new Driver(flow({assume: 'bob'}), {ports: idle})
    expect(driver.snapshot.step.id).toBe('name')
    driver.goOnUnattended()
    expect(await driver.finished).toMatchObject({kind: 'done', outcome: {name: 'bob'}})
  })
})

describe('a flow that leads back to itself', () => {
  type Round = 'ask' | 'work' | 'show'
  const round = (kinds: readonly Round[]): Flow<number, number, unknown, object> => ({
    initial: 0,
    next: (_state, event) => event,
    view: (at): Step<number, unknown, object> => {
      const kind = kinds[at % kinds.length]!
      const id = `${kind}-${at % kinds.length}`
      const event = at + 1
      if (kind === 'work') return {kind, id, title: say`Working`, run: async () => event, failed: () => event}
      if (kind === 'show') return {kind, id, panels: [], proceed: say`on`, next: event}
      const question = {kind: 'confirm', message: say`Again?`} as const
      return {kind, id, question, unattended: {assume: true}, answer: () => event}
    },
  })

  test('without a person it ends at the question, told as one that has no answer', async () => {
    for (const kinds of [['ask'], ['ask', 'ask'], ['work', 'ask'], ['ask', 'show']] as const) {
      const driver = new Driver(round(kinds), {ports: {}, isUnattended: true})
      expect(await driver.finished).toMatchObject({
        kind: 'unanswered',
        complaint: {what: 'It leads back to this question again and again.'},
      })
    }
  })

  test('where somebody is there they are asked', async () => {
    const driver = new Driver(round(['ask', 'work']), {ports: {}, takesAssumed: true})
    for (let turns = 0; turns < 200; turns += 1) await turn()
    expect(driver.snapshot.step.kind).toBe('ask')
    driver.cancel()
    expect(await driver.finished).toMatchObject({kind: 'left'})
  })

  test('with nothing to answer it ends as a defect', async () => {
    for (const kinds of [['work'], ['show', 'work'], ['show']] as const) {
      const driver = new Driver(round(kinds), {ports: {}, isUnattended: true})
      await expect(driver.finished).rejects.toThrow('leads back to itself again and again')
    }
  })

  test('a person may come by as often as they like', () => {
    const driver = new Driver(round(['ask']), {ports: {}})
    for (let times = 0; times < 100; times += 1) expect(driver.answer(true)).toBeUndefined()
    expect(driver.snapshot.step.kind).toBe('ask')
  })
})

describe('a lifted step', () => {
  test('wraps every event and keeps the words for the trail', async () => {
    const inner = flow()
    const wrap = (event: E) => ({wrapped: event})
    const ask = inner.view({at: 'name'})
    const lifted = ask.kind === 'end' ? undefined : lift(ask, wrap)
    expect(lifted?.kind === 'ask' && lifted.answer('ada')).toEqual({wrapped: {type: 'name', name: 'ada'}})
    const busy = inner.view({at: 'busy'})
    if (busy.kind !== 'work') throw new Error('expected work')
    const work = lift(busy, wrap)
    if (work.kind !== 'work') throw new Error('expected work')
    const event = await work.run(idle, {signal: new AbortController().signal, report: () => undefined})
    expect(event).toEqual({wrapped: {type: 'worked'}})
    expect(work.trail?.(event)).toBe('Worked')
    expect(work.turns).toEqual([{key: 's', label: 'skip it', event: {wrapped: {type: 'on'}}}])
  })
})
