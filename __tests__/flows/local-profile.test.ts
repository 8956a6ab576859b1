import {describe, expect, test} from '@jest/globals'
import {localProfile} from '../../flows/local-profile/flow.js'
import type {LocalProfileInput} from '../../flows/local-profile/state.js'
import type {KnownProfile, LocalProfilePorts} from '../../flows/local-profile/ports.js'
import type {SelectQuestion} from '../../src/engine/types.js'
import {Driver, type TrailEntry} from '../../src/engine/driver.js'
import {Failure} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import {CSV, KEY_ID, SECRET, goodPorts, known, planned, problem, verified} from '../support/local-ports.js'
import {play, textOf, until} from '../support/play.js'

const TO_THE_KEY = {account: 'yes', method: 'have', key: CSV}
const TO_THE_PROFILE = {...TO_THE_KEY, verified: ''}

function profileWith(changes: Partial<KnownProfile>): KnownProfile {
  return {...known[0]!, ...changes}
}

async function atRegion(input: LocalProfileInput, profiles: readonly KnownProfile[] = []) {
  const ports: LocalProfilePorts = goodPorts({knownProfiles: async () => profiles})
  const played = await play(localProfile(input), ports, {
    ...TO_THE_PROFILE,
    profile: 'default',
    replace: 'yes',
  })
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
        await atRegion({usualRegion: odd}),
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

describe('files that are in the way', () => {
  const closed = problem('PERMISSION_DENIED')

  test('are told before anything else is asked, and can be tried again', async () => {
    const unreadable = goodPorts({checkFiles: async () => Promise.reject(new Failure(closed))})
    const {step} = await play(localProfile({}), unreadable, {})
    expect(step).toMatchObject({id: 'unreadable', unattended: {assume: 'leave'}})
    const unwritable = goodPorts({checkFiles: async () => closed})
    const {step: told} = await play(localProfile({}), unwritable, {})
    expect(told).toMatchObject({id: 'unwritable', unattended: {assume: 'begin'}})
    const {step: on} = await play(localProfile({}), unwritable, {unwritable: ['checking-files', 'begin']})
    expect(on.id).toBe('account')
  })

  test('are no matter where nothing is written', async () => {
    const {step} = await play(localProfile({isDryRun: true}), goodPorts({checkFiles: async () => closed}), {})
    expect(step.id).toBe('account')
  })
})

describe('repairing a profile', () => {
  const repair: LocalProfileInput = {intent: 'repair', profile: 'default'}
  const KEY = {method: 'have', key: CSV, verified: ''}

  test('begins at the ways to a key: the account and the user are there already', async () => {
    const {ids} = await play(localProfile(repair), goodPorts(), {})
    expect(ids).toEqual(['checking-files', 'method'])
    const {ids: way, step: page} = await play(localProfile(repair), goodPorts(), {method: 'same-user'})
    expect([page.id, way]).toEqual(['console-1', ['checking-files', 'method', 'console-1']])
    expect(textOf(page)).toContain('Create access key')
    expect(textOf(page)).not.toContain('Create user')
    const {ids: on} = await play(localProfile(repair), goodPorts(), {method: 'same-user', 'console-1': ''})
    expect(on.at(-1)).toBe('key')
  })

  test('does not ask for the name again, and marks the yes', async () => {
    const {ids, step} = await play(localProfile(repair), goodPorts(), KEY)
    expect(ids).not.toContain('profile')
    expect(step).toMatchObject({id: 'replace', question: {initial: 'yes'}})
  })

  test('does not offer the name again that was answered with no', async () => {
    const {step} = await play(localProfile(repair), goodPorts(), {...KEY, replace: 'no'})
    expect(step).toMatchObject({id: 'profile', question: {initial: 'serverless'}})
    const {step: other} = await play(localProfile({}), goodPorts(), {
      ...TO_THE_PROFILE,
      profile: ['default', 'serverless'],
      replace: 'no',
    })
    expect(other.id).toBe('region')
  })

  test('the very key that was to be replaced is told to be that, and another can be entered', async () => {
    const same = goodPorts({knownProfiles: async () => [profileWith({sharesWith: () => 'all'})]})
    const {step} = await play(localProfile(repair), same, KEY)
    expect(step).toMatchObject({id: 'replace', question: {initial: 'no'}})
    expect(textOf(step)).toContain('This is the key that profile default has, secret and all.')
    expect(textOf(step)).not.toMatch(/Replace|Will be/)
    const {step: way} = await play(localProfile(repair), same, {...KEY, replace: 'no'})
    expect(way.id).toBe('method')
    const {step: receipt} = await play(localProfile(repair), same, {
      ...KEY,
      replace: 'yes',
      region: 'eu-west-1',
      plan: 'yes',
    })
    expect(receipt.id).toBe('receipt')
    // Deleting the old key would delete the one that was saved.
    expect(textOf(receipt)).not.toMatch(/In place of|old key|delete/i)
  })

  test('the same ID with another secret is what a damaged one needs, and is marked', async () => {
    const damaged = goodPorts({knownProfiles: async () => [profileWith({sharesWith: () => 'id'})]})
    const {step} = await play(localProfile(repair), damaged, KEY)
    expect(step).toMatchObject({id: 'replace', question: {initial: 'yes'}})
    expect(textOf(step)).toContain('has this key ID with another secret. Put this one in its place?')
    const {step: receipt} = await play(localProfile(repair), damaged, {
      ...KEY,
      replace: 'yes',
      region: 'eu-west-1',
      plan: 'yes',
    })
    expect(textOf(receipt)).not.toMatch(/In place of|old key/i)
  })

  test('says at the end that the old key is to be deleted', async () => {
    const {step} = await play(localProfile(repair), goodPorts(), {
      ...KEY,
      replace: 'yes',
      region: 'eu-west-1',
      plan: 'yes',
    })
    expect(step.id).toBe('receipt')
    expect(textOf(step)).toContain('Delete the old key')
  })
})

describe('the name of the profile', () => {
  async function asked(input: LocalProfileInput, profiles: readonly KnownProfile[] = known, pasted = CSV) {
    const {step} = await play(localProfile(input), goodPorts({knownProfiles: async () => profiles}), {
      ...TO_THE_PROFILE,
      key: pasted,
    })
    if (step.kind !== 'ask' || step.question.kind !== 'text') throw new Error(`at ${step.id}`)
    return {...step, question: step.question}
  }

  test('is a free one where other credentials are set up, and default is said to stay', async () => {
    const {question} = await asked({intent: 'add'})
    expect(question.initial).toBe('serverless')
    expect(question.hint).toContain('default')
    const {question: second} = await asked({intent: 'add'}, [...known, profileWith({name: 'serverless'})])
    expect(second.initial).toBe('serverless-2')
  })

  test('of a pasted block is not offered where it would take the place of another', async () => {
    const block = `[corp]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET}\n`
    expect((await asked({intent: 'add'}, known, block)).question.initial).toBe('serverless')
    expect((await asked({}, known, block)).question.initial).toBe('corp')
  })

  test('is default for a newcomer, explained, and a taken one is said to be asked about', async () => {
    const first = await asked({}, [])
    expect(first.question.initial).toBe('default')
    expect(textOf(first as never)).toContain('A profile is a named set of credentials on this computer.')
    expect((await asked({})).question.hint).toContain('you are asked before')
  })

  test('of a profile that holds settings only is taken without asking to replace anything', async () => {
    const {step} = await play(
      localProfile({}),
      goodPorts({knownProfiles: async () => [profileWith({hasKey: false, isEmpty: true})]}),
      {...TO_THE_PROFILE, profile: 'default'},
    )
    expect(step.id).toBe('region')
  })

  test('may be one that is there, even where no new profile should be called so', async () => {
    const {question} = await asked({}, [profileWith({name: 'Default'})])
    expect(question.validate?.('Default')).toBeUndefined()
    expect(question.validate?.('dEfault')).toMatchObject({example: 'default'})
  })
})

describe('a key that does not work', () => {
  const refusedBy = (code: string) =>
    goodPorts({verify: async () => Promise.reject(new Failure(problem(code)))})
  async function waysOn(code: string, answers: Readonly<Record<string, string>> = TO_THE_KEY) {
    const {step, state, ids} = await play(localProfile({}), refusedBy(code), answers)
    if (step.kind !== 'ask' || step.question.kind !== 'select') throw new Error(`at ${step.id}`)
    return {step, state, ids, ways: step.question.choices.map(({id}) => id)}
  }

  test('is told before a name or a region is asked for', async () => {
    const {ids} = await waysOn('INVALID_CLIENT_TOKEN')
    expect(ids).toEqual(['checking-files', 'account', 'method', 'key', 'verifying', 'refused'])
  })

  test.each([
    ['INVALID_CLIENT_TOKEN', ['key', 'verifying', 'leave']],
    ['SIGNATURE_MISMATCH', ['secret', 'key', 'leave']],
    ['EXPIRED_TOKEN', ['key', 'leave']],
    ['REGION_DISABLED', ['region', 'verifying', 'key', 'leave']],
    ['TIMED_OUT', ['verifying', 'key', 'leave']],
    ['CLOCK_SKEW', ['verifying', 'key', 'leave']],
  ])('%s: the way on that can work comes first, and none that cannot', async (code, expected) => {
    expect((await waysOn(code)).ways).toEqual(expected)
  })

  test('a new key that AWS does not know yet is tried again first', async () => {
    const fresh = {
      account: 'yes',
      method: 'cloudshell',
      permissions: 'administrator',
      cloudshell: '',
      key: CSV,
    }
    expect((await waysOn('INVALID_CLIENT_TOKEN', fresh)).ways[0]).toBe('verifying')
  })

  test('with the wrong secret: the secret alone is asked for, and goes with the same ID', async () => {
    const asked: string[] = []
    let times = 0
    const ports = goodPorts({
      verify: async ({key}) => {
        asked.push(`${key.accessKeyId} ${key.secretAccessKey.reveal()}`)
        times += 1
        if (times === 1) throw new Failure(problem('SIGNATURE_MISMATCH'))
        return verified
      },
    })
    const other = `${SECRET.slice(0, -1)}X`
    const {step, ids} = await play(localProfile({}), ports, {...TO_THE_KEY, refused: 'secret', secret: other})
    expect([step.id, ids.slice(-4)]).toEqual(['verified', ['refused', 'secret', 'verifying', 'verified']])
    expect(asked).toEqual([`${KEY_ID} ${SECRET}`, `${KEY_ID} ${other}`])
  })

  test('a temporary one keeps its session token', async () => {
    const tokens: (string | undefined)[] = []
    const ports = goodPorts({
      verify: async ({key}) => {
        tokens.push(key.sessionToken?.reveal())
        throw new Failure(problem('SIGNATURE_MISMATCH'))
      },
    })
    const token = 'IQoJb3JpZ2luX2VjE'.padEnd(200, 'x')
    const {ids} = await play(localProfile({}), ports, {
      ...TO_THE_KEY,
      key: KEY_ID.replace('AKIA', 'ASIA'),
      secret: [SECRET, SECRET],
      token,
      refused: 'secret',
    })
    expect(tokens).toEqual([token, token])
    expect(ids.filter((id) => id === 'token')).toHaveLength(1)
  })
})

describe('what was chosen stays chosen', () => {
  test('"change" asks again with what was chosen, and a yes to the same profile is not asked for twice', async () => {
    const {step, ids} = await play(localProfile({}), goodPorts(), {
      ...TO_THE_PROFILE,
      profile: ['corp', 'corp'],
      replace: 'yes',
      region: 'eu-north-1',
      plan: 'change',
    })
    expect(step).toMatchObject({id: 'other-region', question: {initial: 'eu-north-1'}})
    expect(ids.filter((id) => id === 'replace')).toHaveLength(1)
  })

  test('the name is suggested again', async () => {
    const {step} = await play(localProfile({}), goodPorts(), {
      ...TO_THE_PROFILE,
      profile: 'mine',
      region: 'eu-north-1',
      plan: 'change',
    })
    expect(step).toMatchObject({id: 'profile', question: {initial: 'mine'}})
  })

  test('what another paste names takes the place of what the first one named', async () => {
    const block = (name: string) =>
      `[${name}]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET}\nregion = eu-${name}-1\n`
    let times = 0
    const ports = goodPorts({
      verify: async () => {
        times += 1
        if (times === 1) throw new Failure(problem('INVALID_CLIENT_TOKEN'))
        return verified
      },
    })
    const answers = {...TO_THE_PROFILE, key: [block('north'), block('west')], refused: 'key'}
    const {step} = await play(localProfile({}), ports, answers)
    expect(step).toMatchObject({id: 'profile', question: {initial: 'west'}})
  })

  test('another region than that of the first question is asked about once, with this key', async () => {
    const asked: string[] = []
    const ports = goodPorts({checkRegion: async ({region}) => void asked.push(region)})
    const answers = {...TO_THE_PROFILE, profile: 'mine', region: 'us-east-1'}
    expect((await play(localProfile({}), ports, answers)).step.id).toBe('plan')
    expect(asked).toEqual([])
    await play(localProfile({}), ports, {...answers, region: 'eu-south-1'})
    expect(asked).toEqual(['eu-south-1'])
  })

  test('a region that was refused is not offered again, and the next one is not asked for twice', async () => {
    let times = 0
    const ports = goodPorts({
      verify: async () => {
        times += 1
        if (times === 1) throw new Failure(problem('REGION_DISABLED'))
        return verified
      },
    })
    const flow = localProfile({region: 'ap-east-1'})
    const {step} = await play(flow, ports, {...TO_THE_KEY, refused: 'region'})
    expect(step).toMatchObject({id: 'other-region', question: {initial: 'us-east-1'}})
    times = 0
    const {step: end, ids} = await play(flow, ports, {
      ...TO_THE_PROFILE,
      refused: 'region',
      'other-region': 'eu-west-1',
      profile: 'mine',
    })
    expect([end.id, ids.filter((id) => id.endsWith('region'))]).toEqual(['plan', ['other-region']])
  })
})

describe('what no longer holds', () => {
  const atRegion = {...TO_THE_PROFILE, profile: 'corp', replace: 'yes', region: 'eu-south-1'}
  const failing = (code: string) =>
    goodPorts({checkRegion: async () => Promise.reject(new Failure(problem(code)))})

  test('a yes to replace a key was for that new key: another one is asked about', async () => {
    const {step} = await play(localProfile({}), failing('REGION_DISABLED'), {
      ...atRegion,
      key: [CSV, CSV],
      verified: ['', ''],
      profile: ['corp', 'corp'],
      refused: 'key',
    })
    expect(step.id).toBe('replace')
  })

  test('a region is said not to work only where that was found out', async () => {
    const {step: disabled} = await play(localProfile({}), failing('REGION_DISABLED'), {
      ...atRegion,
      refused: 'region',
    })
    expect(textOf(disabled)).toContain('does not work in eu-south-1')
    const {step: slow} = await play(localProfile({}), failing('TIMED_OUT'), {...atRegion, refused: 'region'})
    expect(slow).toMatchObject({id: 'other-region', question: {initial: 'eu-south-1'}})
    expect(textOf(slow)).not.toContain('does not work')
  })
})

describe('the trail', () => {
  const answered = (driver: {snapshot: {trail: readonly TrailEntry[]}}) =>
    driver.snapshot.trail.map(({id, isRefused}) => (isRefused ? `not ${id}` : id))

  test('does not tick what was refused, and holds a question once', async () => {
    let isGood = false
    const ports = goodPorts({
      verify: async () => {
        if (isGood) return verified
        throw new Failure(problem('INVALID_CLIENT_TOKEN'))
      },
    })
    const driver = new Driver(localProfile({}), {
      ports,
      presets: new Map(Object.entries({account: 'yes', method: 'have', key: CSV})),
    })
    await until(driver, 'refused')
    expect(answered(driver)).toEqual(['account', 'method', 'not key'])
    isGood = true
    driver.answer('key')
    expect(answered(driver)).toEqual(['account', 'method'])
    driver.answer(CSV)
    await until(driver, 'verified')
    expect(answered(driver)).toEqual(['account', 'method', 'key'])
    driver.proceed()
    await until(driver, 'profile')
    driver.answer('mine')
    driver.answer('us-east-1')
    await until(driver, 'plan')
    driver.answer('change')
    expect(answered(driver)).toEqual(['account', 'method', 'key'])
  })
})

describe('parts of a key by themselves', () => {
  test('a secret that comes first is kept, and the ID asked for', async () => {
    const {step, state} = await play(localProfile({}), goodPorts(), {...TO_THE_KEY, key: [SECRET]})
    expect(step.id).toBe('key')
    expect(textOf(step)).toContain('it is kept, hidden')
    expect(textOf(step)).not.toContain(SECRET)
    expect(state.loneSecret?.reveal()).toBe(SECRET)
    const {state: whole, ids} = await play(localProfile({}), goodPorts(), {
      ...TO_THE_KEY,
      key: [SECRET, KEY_ID],
    })
    expect(ids.slice(-3)).toEqual(['key', 'verifying', 'verified'])
    expect([whole.key?.accessKeyId, whole.key?.secretAccessKey.reveal()]).toEqual([KEY_ID, SECRET])
  })

  test('a whole key in the field of the secret takes the place of the ID that was given', async () => {
    const secret = `AKIAZ7WERTYUIOPLKJH3 ${SECRET}`
    const {step, state} = await play(localProfile({}), goodPorts(), {...TO_THE_KEY, key: KEY_ID, secret})
    expect([state.key?.accessKeyId, state.key?.secretAccessKey.reveal()]).toEqual([
      'AKIAZ7WERTYUIOPLKJH3',
      SECRET,
    ])
    expect(textOf(step)).not.toContain(SECRET)
  })

  test.each([`"`, `'`])('%s round an ID or a secret is taken off both alike, and said', async (quote) => {
    const quoted = (text: string) => `${quote}${text}${quote}`
    for (const [key, secret] of [
      [quoted(KEY_ID), SECRET],
      [KEY_ID, quoted(SECRET)],
      [quoted(KEY_ID), quoted(SECRET)],
    ] as const) {
      const {step, state} = await play(localProfile({}), goodPorts(), {...TO_THE_KEY, key, secret})
      expect([state.key?.accessKeyId, state.key?.secretAccessKey.reveal()]).toEqual([KEY_ID, SECRET])
      expect(textOf(step)).toContain('quotes round it were taken off')
    }
  })
})

test.each([
  `AWS_SECRET_ACCESS_KEY=${SECRET}`,
  `export AWS_SECRET_ACCESS_KEY="${SECRET}"`,
  `aws_secret_access_key = ${SECRET}`,
])('a secret may come with its name', async (secret) => {
  const {state} = await play(localProfile({}), goodPorts(), {...TO_THE_KEY, key: KEY_ID, secret})
  expect(state.key?.secretAccessKey.reveal()).toBe(SECRET)
})

describe('what is worth knowing before the write', () => {
  const warned = {
    ...planned,
    warnings: [{...problem('METHOD_REPLACED'), what: say`The profile gets its credentials in another way.`}],
  }
  const ports = goodPorts({plan: async () => warned})
  const answers = {...TO_THE_PROFILE, profile: 'corp', replace: 'yes', region: 'eu-west-1'}

  test('stands above the comparison, as a notice and not as an error', async () => {
    const {step} = await play(localProfile({}), ports, answers)
    if (step.kind !== 'ask') throw new Error(`at ${step.id}`)
    const kinds = (step.panels ?? []).map(({kind}) => kind)
    expect(kinds).toEqual(['heading', 'verdicts', 'diff', 'diff'])
    expect(step.panels?.[1]).toMatchObject({rows: [{mark: 'warning'}]})
    expect(textOf(step)).toContain('The profile gets its credentials in another way.')
    expect(textOf(step)).toContain('Why it happened. Run `this command`.')
  })

  test('is in a dry run too', async () => {
    const {step} = await play(localProfile({isDryRun: true}), ports, {...answers, plan: ''})
    expect(step.id).toBe('end')
    expect(textOf(step)).toContain('The profile gets its credentials in another way.')
  })
})

describe('what the key lacks', () => {
  const lacking = {mark: 'warning', label: say`serverless deploy`, value: say`would miss rights`} as const
  const ports = goodPorts({
    verify: async () => ({...verified, findings: [...verified.findings, lacking]}),
    verifyWritten: async () => ({...verified, findings: [...verified.findings, lacking]}),
  })
  const answers = {...TO_THE_PROFILE, profile: 'mine', region: 'us-east-1'}

  test('is said at the verdict, above the comparison, and on the receipt, and what is right is said once', async () => {
    for (const [more, id] of [
      [{...TO_THE_KEY}, 'verified'],
      [answers, 'plan'],
      [{...answers, plan: 'yes'}, 'receipt'],
    ] as const) {
      const {step} = await play(localProfile({}), ports, more)
      expect(step.id).toBe(id)
      expect(textOf(step)).toContain('would miss rights')
    }
  })
})

describe('words', () => {
  test('whose a key is that AWS does not know: nobody', async () => {
    const whoseFails = (code: string) =>
      goodPorts({whose: async () => Promise.reject(new Failure(problem(code)))})
    for (const [code, words] of [
      ['INVALID_CLIENT_TOKEN', 'nobody AWS knows'],
      ['TIMED_OUT', 'not known: What happened.'],
    ] as const) {
      const {step} = await play(localProfile({}), whoseFails(code), {
        ...TO_THE_PROFILE,
        profile: 'default',
      })
      expect(step.id).toBe('replace')
      expect(textOf(step)).toContain(words)
    }
  })

  test('which key a secret is asked for', async () => {
    const {step} = await play(localProfile({}), goodPorts(), {...TO_THE_KEY, key: KEY_ID})
    expect(step.id).toBe('secret')
    expect(textOf(step)).toMatch(/Secret for AKIA/)
  })

  test('a key that was brought along needs no way to one, and is not told as pasted', async () => {
    const {step, ids} = await play(localProfile({isKeyGiven: true}), goodPorts(), {})
    expect(ids).toEqual(['checking-files', 'key'])
    if (step.kind !== 'ask' || !step.trail) throw new Error('no trail')
    expect(step.trail(CSV)).toContain('read, hidden')
  })

  test('after an error there is no question to say no to', async () => {
    const ports = goodPorts({plan: async () => Promise.reject(new Failure(problem('FILE_NOT_UNDERSTOOD')))})
    const {step} = await play(localProfile({}), ports, {
      ...TO_THE_PROFILE,
      profile: 'new',
      region: 'eu-west-1',
    })
    expect(step.id).toBe('plan-problem')
    expect(textOf(step)).toContain('"Change the profile or region"')
  })
})
