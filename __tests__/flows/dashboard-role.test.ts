import {beforeAll, describe, expect, test} from '@jest/globals'
import {dashboardRole} from '../../flows/dashboard-role/flow.js'
import {words} from '../../flows/dashboard-role/words.js'
import type {DashboardRoleState} from '../../flows/dashboard-role/state.js'
import {cellsOf} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import type {AskStep} from '../../src/engine/types.js'
import {say} from '../../src/text/safe-text.js'
import {checkAnswer} from '../../src/engine/answers.js'
import {dashboardWorlds, role, service} from '../support/dashboard-ports.js'
import {problem} from '../support/local-ports.js'
import {changesOf, walk, type Place} from '../support/walk.js'

const flow = dashboardRole({})
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'service-name': ['aws-node-project'],
  'app-name': ['my-app'],
}

/** What no screen from there on depends on is left out, or the places would be the product of all earlier answers. */
function keyOf(state: DashboardRoleState): string {
  const {at, around, org, app, provider, problem: trouble, retry, change, use, events} = state
  const isChange = at === 'making' || at === 'linking-file'
  return JSON.stringify([
    at,
    [state.service?.canEdit, state.service?.app, around?.local, around?.canDeploy, around?.signedIn],
    ['orgs', 'org'].includes(at) ? state.orgs.length : org?.orgName,
    ['apps', 'app'].includes(at) ? state.apps.length : app !== undefined,
    at === 'provider' ? state.providers.length : [provider?.alias, provider?.isDefault],
    isChange ? [change?.at, change?.problem?.code, change?.isRenewed, change?.agreed] : [],
    [trouble?.code, retry, events.length, ['using', 'receipt', 'end'].includes(at) ? use : undefined],
    [state.name !== undefined, state.outcome?.kind],
  ])
}

let places: readonly Place<DashboardRoleState>[] = []
beforeAll(async () => {
  places = await walk(
    flow,
    {worlds: dashboardWorlds, answers: (step) => ANSWERS[step.id] ?? [], limit: 20_000},
    keyOf,
  )
})

describe('every place of "Create AWS IAM Role"', () => {
  test('is visited: all states are reached', () => {
    const all =
      'looking local template name making sign-in connecting waiting orgs org no-org apps app app-name creating-app linking-file providers provider explain opening waiting-role late asking-stack use using receipt trouble end'.split(
        ' ',
      )
    const reached = new Set<string>(places.map(({state}) => state.at))
    expect(all.filter((at) => !reached.has(at))).toEqual([])
  })

  test('has a way back, but for the first question and what comes after the role is made', () => {
    const stuck = places.filter(({state, depth}) => {
      const step = flow.view(state)
      return (step.kind === 'ask' || step.kind === 'show') && depth === 0 && !step.isBarrier
    })
    const first = [
      'role-local',
      'template',
      'dashboard-sign-in',
      'role-problem',
      'provider',
      'create-role',
      'org',
      'no-org',
      'role-late',
      'use-provider',
      'app',
      'app-name',
    ]
    expect(
      [...new Set(stuck.map(({state}) => flow.view(state).id))].filter((id) => !first.includes(id)),
    ).toEqual([])
  })

  test('writes nothing before a comparison was answered with yes', () => {
    const writing = places.filter(({state}) => /-writing$/.test(flow.view(state).id))
    expect(writing.length).toBeGreaterThan(1)
    for (const {path} of writing)
      expect(path.at(-1)).toMatch(/^(?:service|org-app)-plan(?:-problem)?=(?:yes|in-place)$/)
  })

  test('changes something only after an answer that agrees to it', async () => {
    expect(await changesOf(flow, places, dashboardWorlds['good']!)).toEqual({
      awaitLogin: ['dashboard-sign-in=yes'],
      beginLogin: ['dashboard-sign-in=yes'],
      beginRole: ['create-role=yes'],
      createApp: ['app-name=my-app'],
      useProvider: ['use-provider=default', 'use-provider=service'],
      writeOrgApp: ['org-app-plan=yes'],
      writeService: ['service-plan=yes'],
    })
  })

  test('after a service was made no way leads back to the questions about it', () => {
    const asked = places.filter(({path}) =>
      path.some((each) => /^service-plan(?:-problem)?=(?:yes|in-place)$/.test(each)),
    )
    const first = asked.filter(({state}) => flow.view(state).id === 'dashboard-sign-in')
    expect(first.length).toBeGreaterThan(0)
    for (const {depth} of first) expect(depth).toBe(0)
  })

  test('opens the page of AWS only after it was said what the role may do', () => {
    for (const {state, path} of places)
      if (state.at === 'opening') expect(path.some((step) => step === 'create-role=yes')).toBe(true)
  })

  test('the receipt says of a Provider that it is used only where that was agreed to, or it was so', () => {
    const receipts = places.filter(({state}) => state.at === 'receipt')
    const isTold = ({state}: Place<DashboardRoleState>) =>
      JSON.stringify(flow.view(state).panels).includes(words.receipt.usedValue)
    const isUsed = ({state: {use, provider}}: Place<DashboardRoleState>) =>
      use !== 'neither' || provider?.isDefault === true
    const free = receipts.filter(({state}) => state.service?.localInstead === undefined)
    expect(new Set(free.map(isUsed))).toEqual(new Set([true, false]))
    expect(free.filter((each) => isTold(each) !== isUsed(each))).toEqual([])
  })

  test('work always knows what to do when it fails, and turns lead elsewhere', () => {
    for (const {state} of places) {
      const step = flow.view(state)
      if (step.kind !== 'work') continue
      expect(flow.next(state, step.failed(problem('ANY')))).not.toBe(state)
      for (const {event} of step.turns ?? []) expect(flow.next(state, event)).not.toBe(state)
    }
  })

  test('fits in 60 columns, whatever stands on the screen', () => {
    for (const {state} of places)
      for (const row of panelLines(flow.view(state).panels ?? [], 59))
        expect(row.reduce((sum, {text}) => sum + cellsOf(text), 0)).toBeLessThanOrEqual(59)
  })
})

describe('the choices', () => {
  const start = {at: 'looking', input: {}, orgs: [], apps: [], providers: [], events: []} as const
  const question = (state: DashboardRoleState) => (flow.view(state) as AskStep<unknown, unknown>).question

  test('names are held to the rules of Serverless Framework, with an example of right', () => {
    const name = question({...start, at: 'name'})
    expect(checkAnswer(name, '1-shop')).toMatchObject({example: 'shop'})
    expect(checkAnswer(name, 'my-service')).toBeUndefined()
    const app = question({...start, at: 'app-name'})
    expect(checkAnswer(app, 'My App')).toMatchObject({example: 'my-app'})
    expect(checkAnswer(app, 'my-app')).toBeUndefined()
  })

  test('a Provider that is the default already is not offered to become it', () => {
    const at = {...start, at: 'use', service, app: 'web'} as const
    const ids = (isDefault: boolean) => {
      const asked = question({...at, provider: {...role, isDefault}})
      return asked.kind === 'select' ? asked.choices.map(({id}) => id) : []
    }
    expect(ids(false)).toEqual(['service', 'default', 'neither'])
    expect(ids(true)).toEqual(['service', 'neither'])
  })

  test('what stands in the service file already is not asked for again', () => {
    const linked = {...service, org: 'acme', app: 'web'}
    const state = flow.next(
      {...start, at: 'orgs', service: linked},
      {type: 'orgs', orgs: [{orgUid: 'o', orgName: 'acme'}]},
    )
    expect(state.at).toBe('apps')
    expect(flow.next(state, {type: 'apps', apps: ['web']}).at).toBe('providers')
  })

  test('leaving while the role is made says how to go on', () => {
    const step = flow.view(flow.next({...start, at: 'waiting-role'}, {type: 'later'}))
    expect(JSON.stringify(step.panels)).toContain(say`serverless-setup --path role`)
  })
})
