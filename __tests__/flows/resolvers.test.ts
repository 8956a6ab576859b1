import {beforeAll, describe, expect, test} from '@jest/globals'
import {cellsOf} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import {resolvers} from '../../flows/resolvers/flow.js'
import type {ResolverEdit, ServiceView} from '../../flows/resolvers/ports.js'
import type {ResolversState} from '../../flows/resolvers/state.js'
import {checkAnswer} from '../../src/engine/answers.js'
import type {AskStep} from '../../src/engine/types.js'
import {problem} from '../support/local-ports.js'
import {play} from '../support/play.js'
import {goodResolversPorts, resolversWorlds, view} from '../support/resolvers-ports.js'
import {ssoPlanned} from '../support/sso-ports.js'
import {changesOf, walk, type Place} from '../support/walk.js'

const flow = resolvers({mode: 'screens'})
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'resolvers-stage-name': ['qa'],
  'resolvers-name': ['main'],
  'resolvers-move-name': ['main'],
  'resolvers-profile-name': ['other'],
  'resolvers-key-id': ['KEY_ID'],
  'resolvers-secret': ['KEY'],
  'resolvers-region': ['eu-west-1'],
}

/** What no screen from there on depends on is left out, or the places would be the product of all earlier answers. */
function keyOf(state: ResolversState): string {
  const {at, path, draft, edit, change, problem: trouble, written, stage, outcome, services} = state
  const isAdding = ['name', 'source', 'region', 'dashboard', 'deploys'].includes(at)
  return JSON.stringify([
    at,
    at === 'overview' || at === 'off' ? [path, services.length, written > 0] : undefined,
    at === 'explained' ? stage : undefined,
    isAdding ? [draft.stage === 'default', draft.profile !== undefined] : undefined,
    at === 'change'
      ? [edit?.kind === 'undo', change?.at, change?.problem?.code, change?.isRenewed]
      : undefined,
    [trouble?.code, outcome?.kind],
  ])
}

let places: readonly Place<ResolversState>[] = []
beforeAll(async () => {
  places = await walk(
    flow,
    {worlds: resolversWorlds, answers: (step) => ANSWERS[step.id] ?? [], limit: 20_000},
    keyOf,
  )
})

describe('every place of the screens on resolvers', () => {
  test('is visited: all states but the one for a profile made just now are reached', () => {
    const all =
      'reading failed service overview explain-which explained stage stage-name name source profile-name key-id-variable secret-variable region dashboard deploys use profile move-name off change end'.split(
        ' ',
      )
    const reached = new Set<string>(places.map(({state}) => state.at))
    expect(all.filter((at) => !reached.has(at))).toEqual([])
  })

  test('has a way back, but for the first question and what comes after a write', () => {
    const first = ['resolvers-overview', 'resolvers-service', 'resolvers-problem']
    const stuck = places.filter(({state, depth}) => {
      const step = flow.view(state)
      return (step.kind === 'ask' || step.kind === 'show') && depth === 0 && !step.isBarrier
    })
    const ids = [...new Set(stuck.map(({state}) => flow.view(state).id))]
    expect(ids.filter((id) => !first.includes(id))).toEqual([])
  })

  test('writes nothing before a comparison was answered with yes', () => {
    const writing = places.filter(({state}) => flow.view(state).id.endsWith('-writing'))
    expect(writing.length).toBeGreaterThan(1)
    for (const {path} of writing)
      expect(path.at(-1)).toMatch(/^resolvers-plan(?:-problem)?=(?:yes|in-place)$/)
  })

  test('changes something only after an answer that agrees to it', async () => {
    expect(await changesOf(flow, places, resolversWorlds['good']!)).toEqual({
      writeResolvers: ['resolvers-plan=yes'],
    })
  })

  test('work always knows what to do when it fails', () => {
    for (const {state} of places) {
      const step = flow.view(state)
      if (step.kind === 'work') expect(flow.next(state, step.failed(problem('ANY')))).not.toBe(state)
    }
  })

  test('fits in 60 columns', () => {
    for (const {state} of places)
      for (const row of panelLines(flow.view(state).panels ?? [], 59))
        expect(row.reduce((sum, {text}) => sum + cellsOf(text), 0)).toBeLessThanOrEqual(59)
  })
})

/** The edit that the answers lead to. */
async function editOf(
  services: readonly ServiceView[],
  answers: Readonly<Record<string, string | readonly string[]>>,
  input: Parameters<typeof resolvers>[0] = {mode: 'screens'},
): Promise<ResolverEdit | undefined> {
  let asked: ResolverEdit | undefined
  const ports = goodResolversPorts({
    readServices: async () => services,
    planResolvers: async (_, edit) => {
      asked = edit
      // What a profile that waits would write can be declined; everything else is there already.
      return edit.kind === 'use-profile' ? ssoPlanned : {files: [], nothingToDo: true, warnings: []}
    },
  })
  await play(resolvers(input), ports, answers)
  return asked
}

const ADD = {
  'resolvers-overview': 'add',
  'resolvers-stage': 'prod',
  'resolvers-name': 'main',
  'resolvers-source': 'work',
  'resolvers-region': 'eu-west-1',
  'resolvers-dashboard': 'off',
}
const {providerProfile: _, ...bare} = view
const stageOf = (name: string, ...names: readonly string[]) => ({
  name,
  explained: [],
  resolvers: names.map((each) => ({name: each, writtenIn: 'default', isAws: true, isDashboardOff: false})),
})

describe('a resolver that is added', () => {
  test('to one stage, beside a profile of the provider: the profile stays for the others', async () => {
    expect(await editOf([view], {...ADD, 'resolvers-deploys': 'yes'})).toEqual({
      kind: 'add',
      stage: 'prod',
      name: 'main',
      profile: 'work',
      region: 'eu-west-1',
      dashboard: false,
      use: 'beside-profile',
    })
  })

  test('alone in its stage deploys by itself, and nobody is asked', async () => {
    const alone = {...bare, stages: [stageOf('prod')]}
    expect(await editOf([alone], ADD)).toMatchObject({use: 'nothing'})
  })

  test('by the name of the one in default takes its place, and provider.resolver says so', async () => {
    const view = {...bare, stages: [stageOf('dev', 'main'), stageOf('prod', 'main')]}
    expect(await editOf([view], ADD)).toMatchObject({name: 'main', use: 'provider'})
    const named = {...view, providerResolver: 'main'}
    expect(await editOf([named], ADD)).toMatchObject({name: 'main', use: 'nothing'})
    expect(await editOf([named], {...ADD, 'resolvers-name': 'other'})).toMatchObject({use: 'nothing'})
  })

  test('to all stages is asked about', async () => {
    const answers = {...ADD, 'resolvers-stage': 'default', 'resolvers-deploys': 'yes'}
    expect(await editOf([bare], answers)).toMatchObject({stage: 'default', use: 'provider'})
    expect(await editOf([bare], {...answers, 'resolvers-deploys': 'no'})).toMatchObject({use: 'nothing'})
  })

  test('with keys in variables holds their names, and a key itself is refused', async () => {
    const answers = {
      ...ADD,
      'resolvers-source': '+ keys',
      'resolvers-key-id': 'CI_KEY_ID',
      'resolvers-secret': 'CI_KEY',
      'resolvers-deploys': 'no',
    }
    expect(await editOf([view], answers)).toMatchObject({
      keys: {accessKeyIdVariable: 'CI_KEY_ID', secretAccessKeyVariable: 'CI_KEY'},
    })
    const {question} = flow.view({...flow.initial, at: 'key-id-variable'}) as AskStep<unknown, unknown>
    expect(checkAnswer(question, 'AKIAQ7WERTYUIOPLKJH2')?.what).toContain('Never put the key itself here')
    expect(checkAnswer(question, 'key')?.example).toBe('AWS_ACCESS_KEY_ID')
  })

  test('must have a name that is free in its stage', () => {
    const state: ResolversState = {
      ...flow.initial,
      at: 'name',
      services: [{...bare, stages: [{...stageOf('prod'), resolvers: view.stages[0]!.resolvers}]}],
      path: view.path,
      draft: {stage: 'dev'},
    }
    const {question} = flow.view(state) as AskStep<unknown, unknown>
    expect(checkAnswer(question, 'acme')?.what).toContain('already')
    expect(checkAnswer(question, '1st')?.example).toBe('awsAccount1')
    expect(checkAnswer(question, 'aws')).toBeDefined()
  })
})

describe('a profile that was made just now', () => {
  const input = {mode: 'screens', profile: 'work', region: 'eu-west-1'} as const

  test('becomes that of all stages', async () => {
    const {ids, step} = await play(resolvers(input), goodResolversPorts(), {
      'resolvers-plan': 'yes',
      'resolvers-overview': 'done',
    })
    expect(ids.slice(0, 3)).toEqual(['resolvers-reading', 'resolvers-plan-planning', 'resolvers-plan'])
    expect(step).toMatchObject({kind: 'end', outcome: {kind: 'resolvers', written: 1}})
    const use = {kind: 'use-profile', profile: 'work', region: 'eu-west-1'}
    expect(await editOf([view], {'resolvers-plan': 'yes'}, input)).toEqual(use)
  })

  test('becomes a resolver of one stage, without a question that is answered already', async () => {
    const answers = {...ADD, 'resolvers-plan': 'no', 'resolvers-how': 'stage', 'resolvers-deploys': 'yes'}
    const {'resolvers-source': _s, 'resolvers-region': _r, 'resolvers-overview': _o, ...rest} = answers
    expect(await editOf([view], rest, input)).toMatchObject({profile: 'work', region: 'eu-west-1'})
  })

  test('or is left out of it', async () => {
    const {step} = await play(resolvers(input), goodResolversPorts(), {
      'resolvers-plan': 'no',
      'resolvers-how': 'not',
    })
    expect(step).toMatchObject({kind: 'end', outcome: {kind: 'resolvers', written: 0}})
  })
})

test.each(['report', 'check', 'explain'] as const)(
  '%s asks nothing, and ends with 1 where there are mistakes',
  async (mode) => {
    const {ids, step} = await play(resolvers({mode}), resolversWorlds['two services with mistakes']!, {})
    expect(ids).toEqual(['resolvers-reading', 'end'])
    expect(step).toMatchObject({
      outcome: {errors: true, exitCode: 1, services: [{file: '/p/serverless.yml'}, {}]},
    })
  },
)
