import {beforeAll, describe, expect, test} from '@jest/globals'
import {undo, type UndoPorts} from '../../flows/undo/flow.js'
import {welcome, type WelcomeInput, type WelcomeState} from '../../flows/welcome/flow.js'
import type {AskStep, Panel} from '../../src/engine/types.js'
import {Failure} from '../../src/domain/problem.js'
import {safe} from '../../src/text/safe-text.js'
import {CSV, KEY_ID, SECRET, TWO_KEYS, goodPorts, planned, problem, worlds} from '../support/local-ports.js'
import {changesOf, walk, type Place} from '../support/walk.js'

const TEMPORARY = `aws_access_key_id = ASIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ${SECRET}\n`
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  key: [KEY_ID, CSV, TWO_KEYS, TEMPORARY],
  secret: [SECRET],
  token: ['IQoJb3JpZ2luX2VjE'.padEnd(200, 'x')],
  profile: ['default', 'corp', 'new-one'],
  'root-account': ['210987654321'],
}

/** Where it makes a difference what the person came for. */
const BEFORE_THE_REGION: readonly string[] = ['method', 'console', 'reading-profiles', 'profile', 'replace']

function answersFor(step: AskStep<unknown, unknown>): readonly string[] {
  return ANSWERS[step.id] ?? []
}

/**
 * What tells two places of the path apart. What no screen from there on depends on is left out, or the places would
 * be the product of all earlier answers.
 */
function keyOf(state: WelcomeState): string {
  const {local} = state
  // The skip path is walked by itself.
  if (state.skip) return JSON.stringify(['skip', state.at])
  if (!local) {
    return JSON.stringify([
      state.at,
      state.survey?.inForce?.source,
      state.survey?.profiles.length,
      state.problem?.code,
      state.whose !== undefined,
    ])
  }
  const isEarly = ['method', 'permissions', 'console', 'cloudshell', 'key', 'sign-up'].includes(local.at)
  return JSON.stringify([
    local.at,
    isEarly ? [local.method, local.policy, local.page, local.opened] : [],
    [
      local.profile,
      BEFORE_THE_REGION.includes(local.at) && local.input.intent,
      local.at === 'profile' && local.declined?.at(-1),
      local.profiles.length,
      local.at === 'replace' && local.profiles[0]?.isHalf,
      local.problem?.code,
      local.keyId?.slice(0, 4),
      local.key !== undefined,
    ],
    [
      local.at === 'change' && [local.change?.at, local.change?.isRenewed, local.change?.agreed],
      isPlanned(local.at) && local.change?.plan?.files.length,
      local.outcome?.kind,
      // Only then another region has to be asked about.
      local.at === 'region' && [local.refusedRegion, local.askedIn, local.isChanging],
      local.verified?.isRoot,
      local.written !== undefined,
    ],
  ])
}

/** What is written shows from the comparison on, and no longer where another profile is named. */
function isPlanned(at: string): boolean {
  return ['change', 'nothing-to-do', 'checking', 'receipt', 'undoing', 'end'].includes(at)
}

function isWriting({local}: WelcomeState): boolean {
  return local?.at === 'change' && local.change?.at === 'writing'
}

const flow = welcome({})
let places: readonly Place<WelcomeState>[] = []
beforeAll(async () => {
  places = await walk(flow, {worlds, answers: answersFor}, keyOf)
})

describe('every place of the wizard', () => {
  test('is visited: all states of the local path are reached', () => {
    const reached = new Set(places.map(({state}) => state.local?.at ?? state.at))
    const all = [
      'checking-files',
      'unreadable',
      'unwritable',
      'account',
      'opening-sign-up',
      'sign-up',
      'method',
      'permissions',
      'console',
      'cloudshell',
      'key',
      'secret',
      'token',
      'candidate',
      'reading-profiles',
      'profile',
      'asking-whose',
      'replace',
      'region',
      'checking-region',
      'verifying',
      'refused',
      'root',
      'root-account',
      'verified',
      'profiles-unread',
      'change',
      'nothing-to-do',
      'checking',
      'receipt',
      'undoing',
      'end',
      'looking',
      'welcome',
      'repair',
      'skip',
    ]
    expect(all.filter((at) => !reached.has(at as never))).toEqual([])
    const changing = new Set(places.map(({state}) => state.local?.at === 'change' && state.local.change?.at))
    expect([...changing].sort()).toEqual([false, 'plan', 'planning', 'problem', 'writing'])
    expect(places.length).toBeGreaterThan(200)
  })

  test('has a way back, but for the first question and what comes after a write', () => {
    const stuck = places.filter(({state, depth}) => {
      const step = flow.view(state)
      const isInteractive = step.kind === 'ask' || step.kind === 'show'
      return isInteractive && depth === 0 && !step.isBarrier
    })
    expect([...new Set(stuck.map(({state}) => flow.view(state).id))].sort()).toEqual([
      'set-up-method',
      'welcome',
    ])
  })

  test('leads to an end: no question has only answers that change nothing', () => {
    for (const {state} of places) {
      const step = flow.view(state)
      if (step.kind !== 'ask' || step.question.kind !== 'select') continue
      const after = step.question.choices.map(({id}) => flow.next(state, step.answer(id)))
      expect(after.some((next) => next !== state)).toBe(true)
    }
  })

  test('never offers a name again that was answered with no, and never what cannot be taken', () => {
    const asked = places.flatMap(({state}) => {
      const step = flow.view(state)
      return step.kind === 'ask' && step.id === 'profile' && step.question.kind === 'text'
        ? [{state, question: step.question}]
        : []
    })
    expect(asked.some(({state}) => state.local?.declined)).toBe(true)
    for (const {state, question} of asked) {
      expect(state.local?.declined ?? []).not.toContain(question.initial)
      expect(question.validate?.(question.initial ?? '')).toBeUndefined()
    }
  })

  test('writes nothing before the comparison was shown and answered with yes', () => {
    for (const {state, path} of places) {
      if (!isWriting(state)) continue
      expect(path.at(-1)).toMatch(/^plan=yes$|^plan-problem=in-place$/)
      expect(path).toContain('plan-planning=good')
      expect(path).toContain('plan=yes')
    }
  })

  test('changes something only after an answer that agrees to it', async () => {
    expect(await changesOf(flow, places, goodPorts())).toEqual({write: ['plan=yes']})
  })

  test('comes to a root key only by typing the account number', () => {
    const written = places.filter(({state}) => isWriting(state) && state.local?.verified?.isRoot)
    expect(written.length).toBeGreaterThan(0)
    for (const {path} of written) expect(path.some((step) => step.startsWith('root-account='))).toBe(true)
  })

  test('replaces a key only after a yes', () => {
    for (const {state, path} of places) {
      if (
        isWriting(state) &&
        ['default', 'corp'].includes(state.local?.profile ?? '') &&
        (state.local?.profiles.length ?? 0) > 0
      ) {
        expect(path).toContain('replace=yes')
      }
    }
  })

  test('shows no secret in any panel, question or trail', () => {
    for (const {state} of places) {
      const step = flow.view(state)
      expect(JSON.stringify(step)).not.toContain(SECRET)
      if (step.kind !== 'ask') continue
      for (const answer of answersFor(step as AskStep<unknown, unknown>)) {
        expect(step.trail ? step.trail(answer) : '').not.toContain(SECRET)
      }
    }
  })

  test('every problem on a screen tells what, why and a next step', () => {
    const problems = places.flatMap(({state}) => {
      const step = flow.view(state)
      const panels: readonly Panel[] = step.kind === 'work' ? [] : (step.panels ?? [])
      return panels.flatMap((panel) => (panel.kind === 'problem' ? [panel.problem] : []))
    })
    expect(problems.length).toBeGreaterThan(0)
    for (const {what, why, nextSteps} of problems) {
      expect([what, why].every((text) => text.length > 0)).toBe(true)
      expect(nextSteps.length).toBeGreaterThan(0)
    }
  })

  test('work always knows what to do when it fails', () => {
    for (const {state} of places) {
      const step = flow.view(state)
      if (step.kind === 'work') expect(flow.next(state, step.failed(problem('ANY')))).not.toBe(state)
    }
  })
})

describe('whatever was given beforehand', () => {
  test.each<WelcomeInput>([
    {intent: 'repair', path: 'local'},
    {intent: 'add', path: 'local'},
    {isYes: true},
    {isDryRun: true},
  ])('%p: written only after a yes, and never in a dry run', async (input) => {
    const begun = welcome(input)
    const visited = await walk(begun, {worlds, answers: answersFor}, keyOf)
    const written = await changesOf(begun, visited, goodPorts())
    expect(written).toEqual(input.isDryRun ? {} : {write: ['plan=yes']})
  })
})

describe('undo', () => {
  const ports = (changes: Partial<UndoPorts> = {}): UndoPorts => ({
    planUndo: async () => ({...planned, touched: [], canReplace: true}),
    write: goodPorts().write,
    ...changes,
  })
  const touching = {shownPath: safe('~/.aws/config'), lines: [{sign: '-' as const, text: safe('region = x')}]}
  const undoFlow = undo({isYes: false})

  test('writes only after a yes, and every place has a way out', async () => {
    const fail = async () => Promise.reject(new Failure(problem('DISK_FULL')))
    const visited = await walk(
      undoFlow,
      {
        worlds: {
          good: ports(),
          empty: ports({
            planUndo: async () => ({
              files: [],
              nothingToDo: true,
              warnings: [],
              touched: [],
              canReplace: false,
            }),
          }),
          touched: ports({
            planUndo: async ({way}) => ({
              ...planned,
              touched: way === undefined ? [touching] : [],
              canReplace: true,
            }),
          }),
          stuck: ports({
            planUndo: async ({way}) => ({
              ...planned,
              touched: way === undefined ? [touching] : [],
              canReplace: false,
            }),
          }),
          failing: ports({planUndo: fail, write: fail}),
          changed: ports({write: async () => Promise.reject(new Failure(problem('FILE_CHANGED')))}),
        },
        answers: () => [],
      },
      (state) => JSON.stringify(state),
    )
    const at = new Set(visited.map(({state}) => state.change.at))
    expect([...at].sort()).toEqual(['end', 'plan', 'planning', 'problem', 'writing'])
    expect(visited.some(({state}) => state.touched)).toBe(true)
    for (const {state} of visited) {
      const step = undoFlow.view(state)
      if (!state.touched || step.kind !== 'ask' || step.question.kind !== 'select') continue
      // Nothing is offered that can only fail.
      expect(step.question.choices.some(({id}) => id === 'old')).toBe(state.canReplace)
    }
    for (const {state, path} of visited)
      if (state.change.at === 'writing' && !state.outcome) expect(path.at(-1)).toBe('undo=yes')
  })
})
