/** A new key in a profile that is there: it wins for every tool, and what would not beat it stays. */
import {botocoreOutcome, CLI_1} from '../../src/credentials/tools/botocore.js'
import {javascriptOutcome} from '../../src/credentials/tools/javascript.js'
import {firstOf} from '../../src/credentials/tools/outcome.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {Failure} from '../../src/domain/problem.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {awsFiles} from '../../src/files/locations.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {commitPlan} from '../../src/files/commit.js'
import {makeMachine, randomFrom} from '../credentials/support/machines.js'
import {homeSandbox} from '../support/home.js'
import {runs, seed} from '../support/proof.js'

const ID = 'AKIAQ7WERTYUIOPLKJH2'
const SECRET = 'n'.repeat(40)
const key = {accessKeyId: parseAccessKeyId(ID)!, secretAccessKey: new Secret(SECRET)}
const OLD_ID = 'AKIAOLDOLDOLDOLD2222'
const OLD = `aws_access_key_id = ${OLD_ID}\naws_secret_access_key = old/secret+with0000000000000000000000002\n`
const NEW = `aws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`

/** What both files are after the key was saved, and what was said. */
async function saved(files: {credentials?: string; config?: string}, profile = 'dev', region?: string) {
  const home = homeSandbox()
  if (files.credentials !== undefined) home.write('.aws/credentials', files.credentials)
  if (files.config !== undefined) home.write('.aws/config', files.config)
  const plan = await planProfile(
    {
      profile: parseProfileName(profile)!,
      key,
      ...(region === undefined ? {} : {region: parseRegion(region)!}),
    },
    awsFiles(home.env),
  )
  await commitPlan(plan)
  const read = (name: string, isThere: boolean) => (isThere ? home.read(`.aws/${name}`) : undefined)
  return {
    credentials: home.read('.aws/credentials'),
    config: read('config', files.config !== undefined),
    warnings: plan.warnings,
  }
}

test(
  'on machines of chance it wins for Serverless Framework and for the AWS CLI',
  async () => {
    const random = randomFrom(seed)
    let count = 0
    for (let index = 0; index < runs(300); index++) {
      const machine = makeMachine(index, random, 'http://127.0.0.1:9')
      const home = homeSandbox()
      for (const [file, text] of Object.entries(machine.files)) home.write(file, text)
      try {
        await commitPlan(await planProfile({profile: parseProfileName('dev')!, key}, awsFiles(home.env)))
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        home.remove()
        continue
      }
      count++
      const s = await readSnapshot({env: {...home.env, AWS_REGION: 'eu-west-1'}, isEc2: false})
      for (const outcome of [
        javascriptOutcome(s, {profile: 'dev', canAskMfa: true}),
        botocoreOutcome(s, {...CLI_1, profile: 'dev'}),
      ]) {
        const story = JSON.stringify([outcome, machine], undefined, 1)
        expect(outcome.kind === 'found' ? firstOf(outcome).accessKeyId : story).toBe(ID)
      }
      home.remove()
    }
    expect(count).toBeGreaterThan(runs(300) / 4)
  },
  runs(120_000),
)

describe('what stands beside the key', () => {
  test('and only counts with a role stays: mfa_serial, role_session_name', async () => {
    const config =
      '[profile dev]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::1:mfa/u\nrole_session_name = me\n'
    expect(await saved({credentials: `[dev]\n${OLD}`, config})).toEqual({
      credentials: `[dev]\n${NEW}`,
      config,
      warnings: [],
    })
  })

  test('a role that is taken on with the key of this profile stays', async () => {
    const config = '[profile dev]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = dev\nmfa_serial = m\n'
    expect(await saved({credentials: `[dev]\n${OLD}`, config})).toMatchObject({config, warnings: []})
  })

  test('a role on another profile goes, with the reason; what belongs to it alone stays', async () => {
    const config =
      '[profile dev]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\nmfa_serial = m\noutput = json\n'
    const result = await saved({credentials: `[dev]\n${OLD}`, config})
    expect(result.config).toBe('[profile dev]\nmfa_serial = m\noutput = json\n')
    expect(result.warnings).toMatchObject([
      {
        what: 'These are taken out of the profile dev: role_arn, source_profile.',
        why: 'Before an access key, every tool takes the role.',
      },
    ])
  })

  test('a program and a console sign-in come after a key for every tool, and stay', async () => {
    const config = '[profile dev]\ncredential_process = tool\nlogin_session = s\n'
    expect(await saved({config})).toMatchObject({config, warnings: []})
  })

  test('AWS SSO goes, as the AWS CLI takes it first', async () => {
    const config =
      '[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\nregion = eu-west-1\n'
    const {config: after, warnings} = await saved({config})
    expect(after).toBe('[profile dev]\nregion = eu-west-1\n')
    expect(warnings[0]?.why).toBe('Before an access key, AWS CLI and Python tools take them.')
  })

  test('what belongs to the old key alone goes: its token, and when it ends', async () => {
    const ends =
      'aws_session_token = old\nx_security_token_expires = 2020-01-01T00:00:00Z\naws_credential_expiration = 2020\nexpiration = 2020\n'
    expect((await saved({credentials: `[dev]\n${OLD}${ends}`})).credentials).toBe(`[dev]\n${NEW}`)
    const {config} = await saved({config: `[profile dev]\nregion = eu-west-1\n${OLD}${ends}`})
    expect(config).not.toMatch(/expir|token/)
  })
})

test('two sections in config that tools disagree about do not keep a key from being saved', async () => {
  const config = '[default]\nregion = us-east-1\n[profile default]\noutput = json\n'
  const {credentials, config: after, warnings} = await saved({config}, 'default', 'eu-west-1')
  expect(credentials).toBe(`[default]\n${NEW}`)
  expect(after).toBe(config)
  expect(warnings.map(({code}) => code)).toEqual(['REGION_NOT_WRITTEN'])
  const role = '[default]\nrole_arn = a\nsource_profile = b\n[profile default]\noutput = json\n'
  await expect(saved({config: role}, 'default')).rejects.toMatchObject({problem: {code: 'PROFILE_TWICE'}})
})

describe('a comment that is indented keeps its place', () => {
  test.each<[string, {credentials?: string; config?: string}, {credentials?: string; config?: string}]>([
    [
      'between the keys',
      {credentials: `[dev]\n${OLD.replace('\n', '\n  # note\n')}`},
      {credentials: `[dev]\n${NEW.replace('\n', '\n  # note\n')}`},
    ],
    [
      'after the secret',
      {credentials: `[dev]\n${OLD}   # note\n[other]\n${OLD}`},
      {credentials: `[dev]\n${NEW}   # note\n[other]\n${OLD}`},
    ],
    [
      'after a token that goes',
      {credentials: `[dev]\n${OLD}aws_session_token = ${'t'.repeat(60)}\n  # expires 18:00\n`},
      {credentials: `[dev]\n${NEW}  # expires 18:00\n`},
    ],
    [
      'after the region',
      {config: '[profile dev]\nregion = us-east-1\n    # ireland is eu-west-1\noutput = json\n'},
      {config: '[profile dev]\nregion = eu-west-1\n    # ireland is eu-west-1\noutput = json\n'},
    ],
    [
      'beside other oddities',
      {
        credentials:
          '# kept\n[dev] ; mine\naws_access_key_id = AKIAOLDOLDOLDOLDOLD1\nAWS_SECRET_ACCESS_KEY=old/secret+with=equals0000000000000000000\n   # indented comment\ns3 =\n  max_concurrent_requests = 20\n',
      },
      {
        credentials: `# kept\n[dev] ; mine\naws_access_key_id = ${ID}\naws_secret_access_key=${SECRET}\n   # indented comment\ns3 =\n  max_concurrent_requests = 20\n`,
      },
    ],
  ])('%s', async (_, before, after) => {
    expect(await saved(before, 'dev', 'eu-west-1')).toMatchObject(after)
  })
})
