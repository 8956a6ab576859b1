import {describe, expect, test} from '@jest/globals'
import {welcome} from '../../flows/welcome/flow.js'
import type {Survey} from '../../flows/welcome/ports.js'
import type {SelectQuestion} from '../../src/engine/types.js'
import {Failure} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import {CSV, goodPorts, known, problem} from '../support/local-ports.js'
import {play, textOf} from '../support/play.js'

const HALF = {...problem('HALF_KEY_PAIR'), what: say`Profile default has a key ID but no secret.`}

function portsWith(survey: Partial<Survey>) {
  return goodPorts({survey: async () => ({profiles: known, canDeploy: false, network: [], ...survey})})
}

function choicesOf(step: {readonly kind: string}): readonly string[] {
  const {question} = step as unknown as {readonly question: SelectQuestion}
  return question.choices.map(({id}) => id)
}

describe('half a key pair', () => {
  const ports = portsWith({
    profiles: known.map((each) => ({...each, hasKey: false, isHalf: true})),
    inForce: {source: say`profile default`, profile: 'default', canCheck: false, problem: HALF},
  })

  test('is told as what cannot work: to repair it comes first, and nothing goes on with it', async () => {
    const {step} = await play(welcome({}), ports, {})
    expect(step.id).toBe('welcome')
    expect(choicesOf(step)).toEqual(['repair', 'method', 'leave'])
    expect(textOf(step)).toContain('they do not work')
    expect(textOf(step)).toContain('HALF_KEY_PAIR')
  })

  test('is the profile marked for repair', async () => {
    const both = portsWith({
      profiles: [{...known[0]!, name: 'other'}, {...known[0]!, hasKey: false, isHalf: true}, known[1]!],
      inForce: {source: say`profile default`, profile: 'default', canCheck: false, problem: HALF},
    })
    const {step} = await play(welcome({}), both, {welcome: 'repair'})
    expect(step).toMatchObject({id: 'repair', question: {initial: 'default'}})
    expect(choicesOf(step)).toEqual(['other', 'default'])
  })
})

describe('a fault that lies in no profile', () => {
  test('of the shell: no key is offered to be replaced first', async () => {
    const inForce = {
      source: say`the key of the environment`,
      canCheck: false,
      problem: problem('KEY_EXPIRED'),
    }
    const {step} = await play(welcome({}), portsWith({inForce}), {})
    expect(choicesOf(step)).toEqual(['method', 'repair', 'leave'])
    expect(step).not.toMatchObject({question: {initial: 'repair'}})
  })

  test('of the file of a service: it is said, and to leave is marked', async () => {
    const inForce = {source: say`nothing`, canCheck: false, problem: problem('SERVICE_STOPS_DEPLOY')}
    const {step} = await play(welcome({}), portsWith({inForce}), {})
    expect(step).toMatchObject({question: {initial: 'leave'}})
    expect(textOf(step)).toContain('A deploy of the service here would stop.')
  })

  test.each(['REGION_UNKNOWN', 'WRONG_PARTITION'])(
    'of the region (%s): nothing goes on with it, and no other key is offered first',
    async (code) => {
      const inForce = {
        source: say`profile default`,
        profile: 'default',
        canCheck: false,
        problem: problem(code),
      }
      const {step} = await play(welcome({}), portsWith({inForce}), {})
      expect(choicesOf(step)).toEqual(['method', 'repair', 'leave'])
      expect(step).toMatchObject({question: {initial: 'leave'}})
      expect(textOf(step)).toContain('do not work in the region of a deploy')
      expect(textOf(step)).not.toContain('could not be checked')
    },
  )

  test('a role whose name AWS cannot know: it is told to fail', async () => {
    const inForce = {source: say`a role`, canCheck: false, problem: problem('ROLE_MALFORMED')}
    const {step} = await play(welcome({}), portsWith({inForce}), {})
    expect(choicesOf(step)).not.toContain('continue')
    expect(textOf(step)).toContain('they do not work')
  })

  test('profiles of which none is used: the line that chooses one', async () => {
    const {step} = await play(welcome({}), portsWith({choose: say`export AWS_PROFILE=work`}), {})
    expect(textOf(step)).toContain('export AWS_PROFILE=work')
  })
})

describe('what was chosen on the first screen', () => {
  const inForce = {source: say`profile default`, profile: 'default', canCheck: true}

  test('is carried on: other credentials get a name of their own', async () => {
    const {step} = await play(welcome({}), portsWith({inForce}), {
      welcome: 'method',
      'set-up-method': 'local',
      account: 'yes',
      method: 'have',
      key: CSV,
      verified: '',
    })
    expect(step).toMatchObject({id: 'profile', question: {initial: 'serverless'}})
  })

  test('is carried on: a repair leads to the profile without another question', async () => {
    const {step, ids} = await play(welcome({}), portsWith({inForce}), {
      welcome: 'repair',
      repair: 'default',
      method: 'have',
      key: CSV,
      verified: '',
    })
    expect(step.id).toBe('replace')
    expect(ids).not.toContain('account')
    expect(ids).not.toContain('profile')
  })

  test('needs no second choice where there is one profile', async () => {
    // The other one signs in with AWS SSO and has no key to repair.
    const {step} = await play(welcome({}), portsWith({inForce, profiles: known}), {welcome: 'repair'})
    expect(step.id).toBe('method')
  })
})

test('a profile that the file of the service here names, and that is not here, can be set up from the first screen', async () => {
  const ports = portsWith({profiles: known, wantedProfile: 'shop'})
  const {step} = await play(welcome({}), ports, {})
  expect(choicesOf(step)).toEqual(['set-up', 'method', 'repair', 'leave'])
  expect(textOf(step)).toContain('Set up the profile shop')
  const {step: name} = await play(welcome({}), ports, {
    welcome: 'set-up',
    account: 'yes',
    method: 'have',
    key: CSV,
    verified: '',
  })
  expect(name).toMatchObject({id: 'profile', question: {initial: 'shop'}})
})

describe('a key that is said to have ended', () => {
  const inForce = {source: say`the key`, profile: 'default', canCheck: true, problem: problem('KEY_EXPIRED')}
  const survey = async () => ({profiles: known, canDeploy: false, network: [], inForce})

  test('is told to work where AWS takes it', async () => {
    const {step} = await play(welcome({}), goodPorts({survey}), {})
    expect(textOf(step)).toContain('are set up and work')
    expect(textOf(step)).not.toContain('KEY_EXPIRED')
    expect(choicesOf(step)).toContain('continue')
  })

  test('stays what is known of it where AWS could not be asked', async () => {
    const identify = async () => Promise.reject(new Failure(problem('DNS_FAILED')))
    const {step} = await play(welcome({}), goodPorts({survey, identify}), {})
    expect(textOf(step)).toContain('KEY_EXPIRED')
    expect(textOf(step)).not.toContain('DNS_FAILED')
  })
})

test('a session of AWS SSO that has ended is signed in to from the first screen', async () => {
  const ports = portsWith({profiles: known, endedSessions: ['corp']})
  const {step} = await play(welcome({}), ports, {})
  expect(choicesOf(step)).toEqual(['login:corp', 'method', 'repair', 'leave'])
  const {ids} = await play(welcome({}), ports, {welcome: 'login:corp'})
  expect(ids.slice(-2)[0]).toBe('sso-reading')
})

test('a profile that holds settings only is no credentials', async () => {
  const {step} = await play(
    welcome({}),
    portsWith({profiles: [{...known[0]!, hasKey: false, isEmpty: true}]}),
    {},
  )
  expect(step.id).toBe('set-up-method')
  expect(textOf(step)).toContain('No AWS credentials were found')
})

test('that a file cannot be read is not told as if nothing were there', async () => {
  const {step} = await play(welcome({}), portsWith({profiles: [], problem: problem('FILE_UNREADABLE')}), {})
  expect(step.id).toBe('set-up-method')
  expect(textOf(step)).not.toContain('No AWS credentials were found')
  expect(textOf(step)).toContain('FILE_UNREADABLE')
})
