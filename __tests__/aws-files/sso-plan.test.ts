/** What setting up AWS SSO does to the files: its own sections, and nothing else. */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {Failure} from '../../src/domain/problem.js'
import type {SsoSession} from '../../src/domain/sso.js'
import {parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {awsFiles, type AwsFiles} from '../../src/files/locations.js'
import {commitPlan} from '../../src/files/commit.js'
import {checkNameTemplate, nameProfiles} from '../../src/domain/sso-names.js'
import {compareSso, planSso, readSsoSetup, type SsoChange} from '../../src/aws-files/sso-plan.js'
import {planUndo} from '../../src/files/undo.js'
import {homeSandbox, type Home} from '../support/home.js'
import {runs, seed} from '../support/proof.js'
import {Botocore, whyNoBotocore} from './support/botocore.js'
import {oddFile} from './support/generate.js'
import {readWithSdk} from './support/javascript.js'
import {testUnless} from './support/skip.js'

const botocore = new Botocore()
afterAll(() => botocore.close())

let home: Home
let files: AwsFiles
beforeEach(() => {
  home = homeSandbox()
  files = awsFiles(home.env)
})
afterEach(() => home.remove())

const session: SsoSession = {
  name: 'acme',
  startUrl: 'https://acme.awsapps.com/start',
  region: parseRegion('eu-west-1')!,
  scopes: ['sso:account:access'],
}
const profile = (name: string, accountId = '000000000042', roleName = 'Admin') => ({
  name: parseProfileName(name)!,
  accountId,
  roleName,
  region: parseRegion('eu-central-1')!,
})
const dev: SsoChange = {session, profiles: [profile('dev')]}
const config = () => home.read('.aws/config')
const save = async (change: SsoChange) => commitPlan(await planSso(change, files))

const SECTIONS = `[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`
const DEV = `[profile dev]
sso_session = acme
sso_account_id = 000000000042
sso_role_name = Admin
region = eu-central-1
`

describe('what is written', () => {
  test('has the form of the AWS CLI, with the zeros of the account', async () => {
    await save(dev)
    expect(config()).toBe(`${SECTIONS}\n${DEV}`)
  })

  test('is written once: the same again changes nothing', async () => {
    await save(dev)
    expect((await planSso(dev, files)).nothingToDo).toBe(true)
  })

  test('leaves every other line as it was, and undo brings the old bytes back', async () => {
    const old = '# mine\r\n[profile other]\r\ns3 =\r\n  max_queue_size = 1\r\nregion=us-east-1 \r\n'
    home.write('.aws/config', old)
    await save(dev)
    expect(config().startsWith(old)).toBe(true)
    await commitPlan(await planUndo(files))
    expect(config()).toBe(old)
  })

  test('updates the profile that stands for this role under its own name', async () => {
    home.write(
      '.aws/config',
      `${SECTIONS}\n# the one for work\n[profile work]\nsso_session = acme\nsso_account_id = 000000000042\nsso_role_name = Admin\nregion = us-east-1\noutput = json\n`,
    )
    await save(dev)
    expect(config()).toContain('[profile work]')
    expect(config()).not.toContain('[profile dev]')
    expect(config()).toContain('region = eu-central-1')
    expect(config()).toContain('# the one for work')
    expect(config()).toContain('output = json')
  })

  test('takes keys of another way out of both files, and says so', async () => {
    home.write(
      '.aws/credentials',
      '[dev]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = x\n[b]\nregion = x\n',
    )
    home.write('.aws/config', '[profile dev]\ncredential_process = /usr/bin/keys\n')
    const plan = await planSso(dev, files)
    expect(plan.warnings.map(({code}) => code)).toContain('METHOD_REPLACED')
    await commitPlan(plan)
    expect(home.read('.aws/credentials')).not.toContain('aws_access_key_id')
    expect(home.read('.aws/credentials')).toContain('[b]')
    expect(config()).not.toContain('credential_process')
  })

  test('a session of this name with another start URL is changed only with a warning', async () => {
    home.write('.aws/config', SECTIONS.replace('acme.awsapps', 'other.awsapps'))
    const plan = await planSso(dev, files)
    expect(plan.warnings.map(({code}) => code)).toContain('SSO_SESSION_CHANGED')
    expect(JSON.stringify(plan.files[0]?.diff)).toContain('other.awsapps')
  })

  test('a legacy profile becomes one of the session', async () => {
    home.write(
      '.aws/config',
      `[profile old]\nsso_start_url = ${session.startUrl}\nsso_region = eu-west-1\nsso_account_id = 000000000042\nsso_role_name = Admin\n`,
    )
    await save(dev)
    const {profiles} = await readSsoSetup(files)
    expect(profiles.map(({name, form}) => [name, form])).toEqual([['old', 'session']])
  })

  test('removal takes the section only, with the comment of its neighbour left', async () => {
    home.write('.aws/config', `${SECTIONS}\n${DEV}\n# of the other\n[profile other]\nregion = us-east-1\n`)
    await save({session, profiles: [], remove: ['dev']})
    expect(config()).toContain('# of the other\n[profile other]')
    expect(config()).not.toContain('dev')
  })

  test('what is no profile of a sign-in is not removed, and two roles get no one name', async () => {
    home.write('.aws/config', '[profile other]\nregion = us-east-1\n')
    const code = async (change: SsoChange) =>
      planSso(change, files).then(
        () => undefined,
        (error: unknown) => (error instanceof Failure ? error.problem.code : error),
      )
    expect(await code({session, profiles: [], remove: ['other']})).toBe('NOT_AN_SSO_PROFILE')
    expect(await code({session, profiles: [profile('a'), profile('a', '111122223333')]})).toBe(
      'SSO_NAME_TWICE',
    )
  })
})

describe('over odd files', () => {
  test('the result is read by the SDK for JavaScript, others stay, twice is once, undo is exact', async () => {
    mkdirSync(join(home.path, '.aws'), {mode: 0o700})
    await fc.assert(
      fc.asyncProperty(oddFile('config'), async (bytes) => {
        writeFileSync(files.config, bytes, {mode: 0o600})
        const before = await readWithSdk(readFileSync(files.config), 'config')
        let plan
        try {
          plan = await planSso(dev, files)
        } catch (error) {
          if (error instanceof Failure) return
          throw error
        }
        if (plan.nothingToDo) return
        await commitPlan(plan)
        const after = await readWithSdk(readFileSync(files.config), 'config')
        expect(after['dev']).toMatchObject({
          sso_session: 'acme',
          sso_account_id: '000000000042',
          region: 'eu-central-1',
        })
        for (const [name, values] of Object.entries(before))
          if (name !== 'dev') expect(after[name]).toEqual(values)
        expect((await planSso(dev, files)).nothingToDo).toBe(true)
        await commitPlan(await planUndo(files))
        expect(readFileSync(files.config).equals(Buffer.from(bytes))).toBe(true)
      }),
      {numRuns: runs(150), seed},
    )
  }, 120_000)

  testUnless(whyNoBotocore())(
    'what botocore read before it reads after',
    async () => {
      mkdirSync(join(home.path, '.aws'), {mode: 0o700})
      const pairs: [Uint8Array, Uint8Array][] = []
      for (const bytes of fc.sample(oddFile('config'), {numRuns: runs(200), seed})) {
        writeFileSync(files.config, bytes)
        const plan = await planSso(dev, files).catch(() => undefined)
        const [file] = plan?.files ?? []
        if (file) pairs.push([Buffer.from(bytes), file.after])
      }
      expect(pairs.length).toBeGreaterThan(20)
      const readings = await botocore.read(pairs.flat().map((bytes) => ['config', bytes] as const))
      for (let index = 0; index < readings.length; index += 2) {
        const [before, after] = [readings[index]!, readings[index + 1]!]
        if ('error' in before) continue
        if ('error' in after) throw new Error(`botocore refuses what it read before: ${after.error}`)
        expect(after.profiles['dev']).toMatchObject({sso_session: 'acme', sso_role_name: 'Admin'})
        for (const [name, values] of Object.entries(before.profiles))
          if (name !== 'dev') expect(after.profiles[name]).toEqual(values)
      }
    },
    120_000,
  )
})

describe('beside what a sign-in opens', () => {
  test('added, unchanged, changed and vanished are told apart', async () => {
    await save({
      session,
      profiles: [profile('a'), profile('b', '111122223333'), profile('c', '444455556666')],
    })
    writeFileSync(files.config, config().replace('[profile b]', '[profile b]\ncredential_process = x'))
    const found = [
      {accountId: '000000000042', roleName: 'Admin'},
      {accountId: '111122223333', roleName: 'Admin'},
      {accountId: '777788889999', roleName: 'Admin'},
    ]
    const {unchanged, added, changed, vanished} = compareSso(await readSsoSetup(files), session, found)
    expect(unchanged.map(({name}) => name)).toEqual(['a'])
    expect(changed.map(({name}) => name)).toEqual(['b'])
    expect(vanished.map(({name}) => name)).toEqual(['c'])
    expect(added).toEqual([found[2]])
  })
})

describe('names by a template', () => {
  const roles = [
    {accountId: '111122223333', accountName: 'Data & Reports', roleName: 'Admin'},
    {accountId: '444455556666', accountName: 'Müller Süd', roleName: 'Read Only'},
    {accountId: '777788889999', roleName: 'Admin'},
  ]

  test('are made of what is there, as valid names', () => {
    expect(nameProfiles('{session}-{account}-{role}', roles, 'acme')).toEqual([
      'acme-Data-Reports-Admin',
      'acme-Muller-Sud-Read-Only',
      'acme-777788889999-Admin',
    ])
  })

  test('that meet are told apart, and none that is taken is used', () => {
    const same = roles.map((role) => ({...role, accountName: 'Sandbox', roleName: 'Admin'}))
    const names = nameProfiles('{account}', same, '', ['Sandbox-111122223333'])
    expect(new Set(names).size).toBe(3)
    expect(names).not.toContain('Sandbox-111122223333')
  })

  test('a template that cannot tell them apart is refused with an example', () => {
    expect(checkNameTemplate('{account}-{rolle}', roles)?.what).toContain('{rolle} stands for nothing')
    expect(checkNameTemplate('{role}', roles)?.what).toContain('{account}')
    expect(checkNameTemplate('{account}', roles)?.what).toContain('{role}')
    expect(checkNameTemplate('a b {account} {role}', roles)?.what).toContain('no blanks')
    expect(
      checkNameTemplate(
        '{account}',
        roles.filter(({roleName}) => roleName === 'Admin'),
      ),
    ).toBeUndefined()
  })

  test('whatever the accounts are called, every name is valid and its own', () => {
    const role = fc.record({
      accountId: fc.integer({min: 0, max: 20}).map((each) => String(each).padStart(12, '0')),
      accountName: fc.string({unit: 'grapheme', maxLength: 60}),
      roleName: fc.string({minLength: 1, maxLength: 30}),
    })
    fc.assert(
      fc.property(fc.array(role, {maxLength: 12}), fc.string({maxLength: 20}), (found, text) => {
        const names = nameProfiles(text, found, 'acme')
        expect(names).toHaveLength(found.length)
        expect(new Set(names).size).toBe(found.length)
        for (const name of names) expect(parseProfileName(name)).toBe(name)
      }),
      {numRuns: runs(2_000), seed},
    )
  })
})
