import {expect, test} from '@jest/globals'
import type {SourceId, Standing, ToolId} from '../../src/credentials/types.js'
import {
  ENV_KEY,
  ENV_TEMPORARY,
  examine,
  KEY,
  SSO_PROFILE,
  SSO_SESSION,
  ssoToken,
  type MachineSpec,
} from './support/machine.js'

interface Row {
  readonly title: string
  readonly machine: MachineSpec
  /** What each tool would use; `-` where it finds nothing, `!` where it stops. */
  readonly uses: Partial<Record<ToolId, SourceId | '-' | '!'>>
  /** Part of the reason for Serverless Framework. */
  readonly why?: string
  readonly cliWhy?: string
}

const both = {credentials: `[default]\n${KEY}[dev]\n${KEY}`}

const rows: readonly Row[] = [
  {
    title: 'keys of the environment come first where no profile is named',
    machine: {...both, env: ENV_KEY},
    uses: {serverless: 'environment', javascript: 'environment', cli: 'environment', cli2: 'environment'},
    why: 'AWS_ACCESS_KEY_ID is set and AWS_PROFILE is not',
  },
  {
    title: 'AWS_PROFILE beats them for the SDK for JavaScript, and loses to them in the AWS CLI',
    machine: {...both, env: {...ENV_KEY, AWS_PROFILE: 'dev'}},
    uses: {serverless: 'static', javascript: 'static', cli: 'environment', cli2: 'environment'},
    why: 'AWS_PROFILE=dev is set, so the keys in AWS_ACCESS_KEY_ID are skipped.',
    cliWhy: 'The keys in AWS_ACCESS_KEY_ID come before AWS_PROFILE=dev.',
  },
  {
    title: '--aws-profile beats them everywhere',
    machine: {...both, env: ENV_KEY, asked: {profile: 'dev'}},
    uses: {serverless: 'static', javascript: 'environment', cli: 'static', cli2: 'static'},
    why: '--aws-profile chooses the profile dev.',
  },
  {
    title: 'a missing profile: one goes on to the end of its chain, the other does nothing at all',
    machine: {...both, env: {...ENV_KEY, AWS_PROFILE: 'gone'}},
    uses: {serverless: '-', javascript: '-', cli: '!', cli2: '!'},
    why: 'AWS_PROFILE=gone names a profile that is in neither file.',
    cliWhy: 'so it does nothing at all',
  },
  {
    title: 'AWS_DEFAULT_PROFILE is for the AWS CLI alone',
    machine: {credentials: `[dev]\n${KEY}`, env: {AWS_DEFAULT_PROFILE: 'dev'}},
    uses: {serverless: '-', javascript: '-', cli: 'static', cli2: 'static'},
    cliWhy: 'AWS_DEFAULT_PROFILE=dev chooses the profile dev.',
  },
  {
    title: 'half a pair: passed over here, the end there',
    machine: {...both, env: {AWS_ACCESS_KEY_ID: 'AKIAENVENVENVENVENVE'}},
    uses: {serverless: 'static', cli: '!', cli2: '!'},
    why: 'AWS_SECRET_ACCESS_KEY is missing',
  },
  {
    title: 'keys and AWS SSO in one profile are weighed differently',
    machine: {
      credentials: `[default]\n${KEY}`,
      config: `[default]\n${SSO_PROFILE}${SSO_SESSION}`,
      files: ssoToken('corp', 4),
    },
    uses: {serverless: 'static', cli: 'sso', cli2: 'sso'},
    why: 'the access key comes before the AWS SSO sign-in',
    cliWhy: 'the AWS SSO sign-in comes before the access key',
  },
  {
    title: 'a second factor is asked for by Serverless Framework and the CLI, not by the SDK alone',
    machine: {
      credentials: `[default]\n${KEY}`,
      config:
        '[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = default\nmfa_serial = arn:aws:iam::1:mfa/me\n',
      env: {AWS_PROFILE: 'ops'},
    },
    uses: {serverless: 'role', javascript: '!', cli: 'role', cli2: 'role'},
    why: 'The code of arn:aws:iam::1:mfa/me is asked for each time.',
  },
  {
    title: 'an expired session ends every chain',
    machine: {
      config: `[default]\n${SSO_PROFILE}${SSO_SESSION}`,
      files: ssoToken('corp', -4),
      env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x'},
    },
    uses: {serverless: '!', javascript: '!', cli: '!', cli2: '!'},
  },
  {
    title:
      'web identity of the environment comes last for one, and before the keys of a profile for the other',
    machine: {
      ...both,
      env: {AWS_WEB_IDENTITY_TOKEN_FILE: '~/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci'},
      files: {token: 'x'},
    },
    uses: {serverless: 'static', cli: 'web-identity-env', cli2: 'web-identity-env'},
    cliWhy: 'AWS_WEB_IDENTITY_TOKEN_FILE comes before the keys of a profile.',
  },
  {
    title: 'a container',
    machine: {env: {AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/x'}},
    uses: {serverless: 'container', cli: 'container'},
  },
  {
    title: 'an instance of Amazon EC2',
    machine: {isEc2: true},
    uses: {serverless: 'instance', cli: 'instance'},
  },
  {
    title: 'an instance whose metadata is switched off',
    machine: {isEc2: true, env: {AWS_EC2_METADATA_DISABLED: 'true'}},
    uses: {serverless: '-', cli: '-'},
  },
  {
    title: 'a file that the CLI refuses still serves the SDK for JavaScript',
    machine: {credentials: `[default]\n${KEY}[default]\nregion = x\n`},
    uses: {serverless: 'static', cli: '!', cli2: '!'},
    cliWhy: 'refuses one of them as a whole',
  },
  {title: 'nothing anywhere', machine: {}, uses: {serverless: '-', javascript: '-', cli: '-', cli2: '-'}},
]

test.each(rows)('$title', async ({machine, uses, why, cliWhy}) => {
  const {tool} = await examine(machine)
  const found = Object.fromEntries(
    (Object.keys(uses) as ToolId[]).map((id) => {
      const {winner, failure} = tool(id)
      return [id, winner ?? (failure!.kind === 'none' ? '-' : '!')]
    }),
  )
  expect(found).toEqual(uses)
  if (why) expect(tool('serverless').why).toContain(why)
  if (cliWhy) expect(tool('cli').why).toContain(cliWhy)
})

test('regions are taken from different places', async () => {
  const {tool} = await examine({
    credentials: `[default]\n${KEY}`,
    config: '[default]\nregion = eu-central-1\n',
    env: {AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-3'},
  })
  const regions = (['serverless', 'javascript', 'cli', 'cli2'] as const).map((id) => tool(id).region)
  expect(regions).toEqual([
    {name: 'eu-west-1', from: 'AWS_REGION'},
    {name: 'eu-west-1', from: 'AWS_REGION'},
    {name: 'eu-west-3', from: 'AWS_DEFAULT_REGION'},
    {name: 'eu-west-1', from: 'AWS_REGION'},
  ])
})

test('the region of the profile counts for all but Serverless Framework', async () => {
  const {tool} = await examine({
    credentials: `[default]\n${KEY}`,
    config: '[default]\nregion = eu-central-1\n',
  })
  expect(tool('serverless').region).toEqual({name: 'us-east-1', from: 'its own default'})
  for (const id of ['javascript', 'cli', 'cli2'] as const)
    expect(tool(id).region).toEqual({name: 'eu-central-1', from: '~/.aws/config:2'})
})

test('every source of the chain is told with its standing', async () => {
  const {diagnosis} = await examine({
    env: {...ENV_KEY, AWS_PROFILE: 'dev', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x'},
    credentials: `[dev]\n${KEY}`,
    config: '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\n',
  })
  const standings = Object.fromEntries(diagnosis.sources.map(({id, standing}) => [id, standing]))
  const expected: Record<SourceId, Standing> = {
    environment: 'loses',
    role: 'broken',
    static: 'wins',
    'web-identity': 'absent',
    process: 'absent',
    sso: 'absent',
    login: 'absent',
    'web-identity-env': 'absent',
    container: 'loses',
    instance: 'absent',
  }
  expect(standings).toEqual(expected)
  expect(diagnosis.sources.find(({id}) => id === 'static')).toMatchObject({
    where: '~/.aws/credentials:2',
    detail: 'the key AKIA************MNOP of the profile dev',
  })
})

test.each([
  ['an ASIA key without its token', {credentials: `[default]\n${KEY.replace('AKIA', 'ASIA')}`}],
  ['a stale token beside a long-lived key', {credentials: `[default]\n${KEY}aws_session_token = old\n`}],
  [
    'expired keys of the environment',
    {env: {...ENV_TEMPORARY, AWS_CREDENTIAL_EXPIRATION: '2026-03-01T11:59:59Z'}},
  ],
  [
    'those of a stand-in for AWS, temporary by their token alone',
    {
      env: {
        ...ENV_TEMPORARY,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        AWS_CREDENTIAL_EXPIRATION: '2026-03-01T11:59:59Z',
      },
    },
  ],
  ['an expired session', {config: `[default]\n${SSO_PROFILE}${SSO_SESSION}`, files: ssoToken('corp', -1)}],
  ['nothing', {}],
])('%s is not usable', async (_, machine) => {
  expect((await examine(machine)).diagnosis.isUsable).toBe(false)
})

test('each profile with its kind and state', async () => {
  const {diagnosis} = await examine({
    credentials: `[static]\n${KEY}[temporary]\n${KEY.replace('AKIA', 'ASIA')}aws_session_token = t\n[half]\naws_access_key_id = AKIAABCDEFGHIJKLMNOP\n`,
    config: `[profile sso]\n${SSO_PROFILE}[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = static\nregion = eu-west-1\n[profile loop]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = loop\n[profile settings]\nregion = eu-west-1\n${SSO_SESSION}`,
    files: ssoToken('corp', -2),
  })
  expect(diagnosis.profiles.map(({name, kind, state}) => [name, kind, state])).toEqual([
    ['static', 'static', 'usable'],
    ['temporary', 'temporary', 'usable'],
    ['half', 'partial', 'broken'],
    ['sso', 'sso', 'expired'],
    ['role', 'role', 'usable'],
    ['loop', 'role', 'broken'],
    ['settings', 'empty', 'empty'],
  ])
})

test('a circle and a long chain of roles are walked through in time, and each profile for itself', async () => {
  const chain = Array.from(
    {length: 3_000},
    (_, index) =>
      `[profile p${index + 1}]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = p${index}\n`,
  )
  const circle = Array.from(
    {length: 3_000},
    (_, index) =>
      `[profile c${index}]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = c${(index + 1) % 3_000}\n`,
  )
  const {diagnosis, tool} = await examine({
    env: {AWS_PROFILE: 'p100'},
    credentials: `[p0]\n${KEY}`,
    config: [...chain, ...circle].join(''),
  })
  expect(tool('serverless')).toMatchObject({
    winner: 'role',
    detail: expect.stringContaining('with the key AKIA'),
  })
  const states = new Map(diagnosis.profiles.map(({name, state}) => [name, state]))
  expect([states.get('p1'), states.get('p400'), states.get('c7')]).toEqual(['usable', 'usable', 'broken'])
}, 5_000)
