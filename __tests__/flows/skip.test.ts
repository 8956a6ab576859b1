import {execFileSync} from 'node:child_process'
import {Failure} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import {beforeAll, describe, expect, test} from '@jest/globals'
import {doctor, type DoctorState} from '../../flows/doctor/flow.js'
import {skip, type SkipState} from '../../flows/skip/flow.js'
import {wayPanels, WAYS} from '../../flows/skip/ways.js'
import {sso} from '../../flows/sso/flow.js'
import type {SsoMode, SsoState} from '../../flows/sso/state.js'
import {panelLines} from '../../components/panel-lines.js'
import {cellsOf} from '../../components/line.js'
import type {AskStep, Flow, Step} from '../../src/engine/types.js'
import {Driver} from '../../src/engine/driver.js'
import {checkup, goodDoctorPorts, goodSsoPorts, hereIn, skipWorlds} from '../support/sso-ports.js'
import {play} from '../support/play.js'
import {changesOf, walk, type Place} from '../support/walk.js'

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'sso-start-url': [
    'https://acme.awsapps.com/start',
    'https://corp.awsapps.com/start',
    'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws',
  ],
  'sso-session-name': ['acme'],
  'sso-profile': ['dev'],
  'sso-template': ['{account}-{role}'],
}
const answers = (step: AskStep<unknown, unknown>) => ANSWERS[step.id] ?? []

/** What no screen from there on depends on is left out, or the places would be the product of all earlier answers. */
function keyOfSso(state: SsoState | undefined): unknown {
  if (!state) return undefined
  const {at, session, survey, draft, way, waiting, chosen, profiles, remove, change, verified, problem} =
    state
  const isEarly = ['session', 'start-url', 'sso-region', 'session-name'].includes(at)
  return [
    [at, state.input.mode, session?.name, survey?.sessions.length, problem?.code],
    isEarly ? [draft.startUrl, draft.region] : [],
    ['connecting', 'waiting', 'not-signed-in'].includes(at) ? [way, waiting?.way, state.isForced] : [],
    isEarly || at === 'listing'
      ? []
      : [chosen.length, profiles.length, remove.length, state.access?.found.length],
    at !== 'change'
      ? []
      : [change?.at, change?.problem?.code, change?.agreed, change?.isRenewed, change?.outcome?.kind],
    [verified?.length, verified?.[0]?.problem?.code, state.outcome?.kind],
  ]
}

function keyOfDoctor(state: DoctorState | undefined): unknown {
  if (!state) return undefined
  const {at, verify, checkup, queue, mended, change, problem, isMended} = state
  return [
    [at, verify, isMended, Math.min(mended.length, 1), at === 'change' ? queue.length : 0],
    ['report', 'mends'].includes(at) ? [checkup?.isUsable, checkup?.mends.length, checkup?.wasVerified] : [],
    at === 'failed' ? problem?.code : undefined,
    at === 'change' ? [change?.at, change?.problem?.code, change?.agreed, change?.isRenewed] : [],
  ]
}

/** Each part by itself: what the list looked like before it does not change what is in it. */
function keyOf(state: SkipState): unknown {
  const {at, checkup, here, way, problem, sso: part, doctor: checked} = state
  switch (at) {
    case 'way':
      return [at, way, here?.shell]
    case 'sso':
      return [at, keyOfSso(part)]
    case 'doctor':
      return [at, keyOfDoctor(checked)]
    case 'end':
      return [at, state.outcome?.kind, checkup?.isUsable]
    default:
      return [at, checkup?.isUsable, checkup?.endedSessions.length, problem?.code]
  }
}

const skipFlow = skip({})
let places: readonly Place<SkipState>[] = []
beforeAll(async () => {
  places = await walk(skipFlow, {worlds: skipWorlds, answers}, (state) => JSON.stringify(keyOf(state)))
})

describe('every place of "Skip & Set Later"', () => {
  test('is visited: all states of the three parts are reached', () => {
    const reached = new Set(
      places.flatMap(({state}) => [state.at, `sso:${state.sso?.at}`, `doctor:${state.doctor?.at}`]),
    )
    const ssoStates = [
      'reading unreadable session start-url sso-region session-name connecting waiting not-signed-in',
      'listing unlisted extent account role shared-role several profile template region change verifying',
      'receipt keeping end',
    ]
      .join(' ')
      .split(' ')
    const all = [
      ...['looking', 'menu', 'way', 'doctor', 'sso', 'end'],
      ...ssoStates.map((at) => `sso:${at}`),
      ...['diagnosing', 'failed', 'report', 'mends', 'change'].map((at) => `doctor:${at}`),
    ]
    expect(all.filter((at) => !reached.has(at))).toEqual([])
    expect(places.length).toBeGreaterThan(300)
  })

  test('has a way back, but for the first question and what comes after a write', () => {
    const stuck = places.filter(({state, depth}) => {
      const step = skipFlow.view(state)
      return (step.kind === 'ask' || step.kind === 'show') && depth === 0 && !step.isBarrier
    })
    expect([...new Set(stuck.map(({state}) => skipFlow.view(state).id))]).toEqual(['skip'])
  })

  test('writes nothing before a comparison was answered with yes', () => {
    const writing = places.filter(({state}) => /writing$/.test(idOf(skipFlow.view(state))))
    expect(writing.length).toBeGreaterThan(1)
    for (const {path} of writing)
      expect(path.at(-1)).toMatch(/^(?:sso-plan|mend-\d+)(?:-problem)?=(?:yes|in-place)$/)
  })

  test('changes something only after an answer that agrees to it', async () => {
    expect(await changesOf(skipFlow, places, skipWorlds['good']!)).toEqual({
      // Whoever signs in for this alone, or has nothing to write, is not asked about the token again.
      keepToken: ['region=us-east-N', 'skip=login:corp'],
      writeMend: ['mend-N-problem=in-place', 'mend-N=yes'],
      writeSso: ['sso-plan-problem=in-place', 'sso-plan=yes'],
    })
  })

  test('keeps a sign-in only after its path asked for it', () => {
    for (const {state, path} of places) {
      if (state.sso?.at !== 'keeping') continue
      expect(state.sso.input.mode === 'login' || path.some((step) => step.startsWith('sso-plan'))).toBe(true)
    }
  })

  test('work always knows what to do when it fails, and its turns lead elsewhere', () => {
    for (const {state} of places) {
      const step = skipFlow.view(state)
      if (step.kind !== 'work') continue
      const problem = {code: 'CLOCK_SKEW' as const, what: words, why: words, nextSteps: [words]}
      expect(skipFlow.next(state, step.failed(problem))).not.toBe(state)
      for (const {event} of step.turns ?? []) expect(skipFlow.next(state, event)).not.toBe(state)
    }
  })

  test('fits in 60 columns, whatever stands on the screen', () => {
    for (const {state} of places) {
      const step = skipFlow.view(state)
      const rows = panelLines(step.panels ?? [], 59)
      for (const row of rows)
        expect(row.reduce((sum, {text}) => sum + cellsOf(text), 0)).toBeLessThanOrEqual(59)
    }
  })
})

describe('the parts of AWS SSO on their own', () => {
  const walkMode = async (mode: SsoMode) =>
    walk(
      sso({mode}) as Flow<SsoState, never, never, unknown>,
      {worlds: skipWorlds as never, answers: answers as never},
      (state) => JSON.stringify(keyOfSso(state)),
    )

  test.each(['login', 'logout', 'status', 'sync'] as const)(
    '%s comes to an end in every world',
    async (mode) => {
      const visited = await walkMode(mode)
      const ends = visited.filter(({state}) => state.at === 'end')
      expect(ends.length).toBeGreaterThan(0)
      expect(ends.some(({state}) => state.outcome?.kind !== 'declined')).toBe(true)
    },
  )

  test('a sync removes no profile but those that were marked', async () => {
    const visited = await walkMode('sync')
    const removing = visited.filter(({state}) => state.remove.length > 0)
    expect(removing.length).toBeGreaterThan(0)
    for (const {path} of removing)
      expect(path.some((step) => step.startsWith('sso-sync-remove=old'))).toBe(true)
  })
})

describe('the doctor on its own', () => {
  test('without --fix it asks nothing; with it nothing is mended before a yes', async () => {
    const plain = await walk(doctor({}), {worlds: skipWorlds, answers}, (s) => JSON.stringify(keyOfDoctor(s)))
    const asked = plain.filter(({state}) => doctor({}).view(state).kind === 'ask' && state.at !== 'failed')
    expect(asked).toEqual([])
    const fixing = await walk(doctor({fix: true}), {worlds: skipWorlds, answers}, (s) =>
      JSON.stringify(keyOfDoctor(s)),
    )
    const written = fixing.filter(({state}) => state.mended.length > 0)
    expect(written.length).toBeGreaterThan(0)
    for (const {path} of written)
      expect(path.some((step) => /^mend-\d+=yes$/.test(step) || step.endsWith('in-place'))).toBe(true)
  })
})

test('a hundred faults are mended one after the other', async () => {
  const many = Array.from({length: 100}, (_, index) => ({id: String(index), label: words, mend: {}}))
  const ports = goodDoctorPorts({diagnose: async () => ({...checkup, mends: many})})
  const driver = new Driver(doctor({fix: true, isYes: true}), {ports, isUnattended: true})
  expect(await driver.finished).toMatchObject({kind: 'done', outcome: {mended: 100}})
})

describe('the ways left', () => {
  test.each(['posix', 'fish', 'powershell', 'cmd'] as const)('show the commands of %s first', (shell) => {
    const label = {posix: 'bash, zsh:', fish: 'fish:', powershell: 'PowerShell:', cmd: 'cmd (Windows):'}[
      shell
    ]
    const codes = wayPanels('env', hereIn(shell)).filter((panel) => panel.kind === 'code')
    expect(codes.map((panel) => panel.kind === 'code' && panel.label)[0]).toBe(label)
    expect(codes).toHaveLength(4)
  })

  test('name the file that is read here, and lines of this shell', () => {
    const here = {shell: 'cmd', file: say`/keys/mine`, keepPrivate: say`icacls mine`} as const
    const [file, ec2] = (['file', 'ec2'] as const).map((way) => JSON.stringify(wayPanels(way, here)))
    expect(file).toContain('/keys/mine')
    expect(file).toContain('icacls mine')
    expect(file).not.toMatch(/~\/\.aws|chmod/)
    expect(ec2).toContain('associate-iam-instance-profile ^')
  })

  test('read the secret so that a deploy has it, in lines that stand on the smallest screen', () => {
    const lines = wayPanels('env', hereIn('posix')).flatMap((panel) =>
      panel.kind === 'code' && panel.label === 'bash, zsh:' ? panel.lines : [],
    )
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(52)
    const script = `${lines.join('\n')}\nsEcr3t\n[ "$(printenv AWS_SECRET_ACCESS_KEY)" = sEcr3t ] && echo exported\n`
    expect(execFileSync('bash', ['--norc'], {input: script, encoding: 'utf8'})).toContain('exported')
  })

  test('each has its exact commands', () => {
    for (const way of WAYS)
      expect(wayPanels(way, hereIn('posix')).some(({kind}) => kind === 'code')).toBe(true)
  })
})

const words = 'x' as never
const idOf = (step: Step<unknown, never, unknown>) => step.id

test('what was entered for a portal is there to be corrected, and not to be typed again', async () => {
  const refused = async () =>
    Promise.reject(
      new Failure({code: 'SSO_PORTAL_REFUSED', what: say`Refused.`, why: say`So.`, nextSteps: [say`Else.`]}),
    )
  const {step, ids} = await play(sso({mode: 'setup'}), goodSsoPorts({beginSignIn: refused}), {
    'sso-start-url': ['https://acme.awsapps.com/start'],
    'sso-region': ['eu-west-1'],
    'sso-session-name': ['acme'],
    'sso-not-signed-in': ['session'],
  })
  expect(ids.filter((id) => id === 'sso-start-url')).toHaveLength(2)
  expect(step).toMatchObject({id: 'sso-start-url', question: {initial: 'https://acme.awsapps.com/start'}})
  const corrected = await play(sso({mode: 'setup'}), goodSsoPorts({beginSignIn: refused}), {
    'sso-start-url': ['https://acme.awsapps.com/start', 'https://corp.awsapps.com/start'],
    'sso-region': ['eu-west-1'],
    'sso-session-name': ['acme'],
    'sso-not-signed-in': ['session'],
  })
  expect(corrected.step).toMatchObject({id: 'sso-region', question: {initial: 'eu-west-1'}})
})
