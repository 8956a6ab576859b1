import {describe, expect, test} from '@jest/globals'
import {localProfile} from '../../flows/local-profile/flow.js'
import type {LocalProfileInput} from '../../flows/local-profile/state.js'
import type {KnownProfile, LocalProfilePorts} from '../../flows/local-profile/ports.js'
import type {SelectQuestion} from '../../src/engine/types.js'
import {CSV, goodPorts, known} from '../support/local-ports.js'
import {play, textOf} from '../support/play.js'

const TO_THE_KEY = {account: 'yes', method: 'have', key: CSV}

function profileWith(changes: Partial<KnownProfile>): KnownProfile {
  return {...known[0]!, ...changes}
}

async function atRegion(input: LocalProfileInput, profiles: readonly KnownProfile[] = []) {
  const ports: LocalProfilePorts = goodPorts({knownProfiles: async () => profiles})
  const played = await play(localProfile(input), ports, {...TO_THE_KEY, profile: 'default', replace: 'yes'})
  if (played.step.kind !== 'ask' || played.step.question.kind !== 'select')
    throw new Error(`not at the region, but at ${played.step.id}`)
  return {...played, ask: played.step, question: played.step.question as SelectQuestion}
}

describe('the region', () => {
  for (const odd of ['mars', 'Ireland', 'EU-WEST-1', '', ' ']) {
    test(`${JSON.stringify(odd)} is never offered, given by an option or found in the files`, async () => {
      for (const {question} of [
        await atRegion({region: odd}),
        await atRegion({}, [profileWith({region: odd})]),
        await atRegion({lastRegion: odd}),
      ]) {
        expect(question.choices.map(({id}) => id)).not.toContain(odd)
        expect(question.choices.map(({id}) => id)).toContain(question.initial)
      }
    })
  }

  test('that a misspelling means is marked', async () => {
    const {question} = await atRegion({}, [profileWith({region: 'EU-WEST-1'})])
    expect(question.initial).toBe('eu-west-1')
  })

  test('of a profile is told when it is none, and is not guessed where nobody is there', async () => {
    const {ask, question} = await atRegion({}, [profileWith({region: 'mars'})])
    expect(question.hint).toContain('mars')
    expect(ask.unattended?.assume).toBeUndefined()
    expect((await atRegion({}, [])).ask.unattended?.assume).toBe('us-east-1')
  })

  test('that is newer than this program is kept', async () => {
    const {question} = await atRegion({}, [profileWith({region: 'eu-west-9'})])
    expect(question).toMatchObject({initial: 'eu-west-9'})
    expect(question.choices[0]?.id).toBe('eu-west-9')
  })

  test('that is none never leaves the path where it stands: it is told, and another can be chosen', async () => {
    const {state} = await atRegion({})
    const flow = localProfile({})
    const after = flow.next(state, {type: 'region', region: 'mars'})
    expect(after).not.toBe(state)
    const step = flow.view(after)
    expect(textOf(step)).toContain('REGION_UNKNOWN')
    if (step.kind !== 'ask' || step.question.kind !== 'select') throw new Error('no question')
    expect(step.question.choices.map(({id}) => id)).toEqual(['region', 'leave'])
    expect(step.unattended?.assume).toBe('leave')
  })
})
