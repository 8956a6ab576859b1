import {say} from '../../src/text/safe-text.js'
import {expect, test} from '@jest/globals'
import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {homeSandbox} from '../support/home.js'
import {
  ENV_KEY,
  ENV_TEMPORARY,
  examine,
  KEY,
  look,
  OTHER_KEY,
  registration,
  SSO_PROFILE,
  SSO_SESSION,
  ssoToken,
  type MachineSpec,
} from '../credentials/support/machine.js'

interface Row {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly machine: MachineSpec
  /** Part of what is said. */
  readonly says?: string
  readonly where?: string
  readonly fix?: string
  readonly mend?: string
}

const good: MachineSpec = {credentials: `[default]\n${KEY}`, config: '[default]\nregion = us-east-1\n'}
const withRole = (lines: string): MachineSpec => ({
  env: {AWS_PROFILE: 'dev'},
  credentials: `[default]\n${KEY}`,
  config: `[profile dev]\nrole_arn = arn:aws:iam::111122223333:role/dev\n${lines}`,
})
const sso = (files: Record<string, string>, config = SSO_SESSION): MachineSpec => ({
  env: {AWS_PROFILE: 'dev'},
  config: `[profile dev]\n${SSO_PROFILE}\n${config}`,
  files,
})
const file = (text: string): MachineSpec => ({credentials: text})

const rows: readonly Row[] = [
  // The environment
  {
    code: 'ENV_HALF_KEY_PAIR',
    severity: 'error',
    machine: {env: {AWS_ACCESS_KEY_ID: 'AKIAABCDEFGHIJKLMNOP'}},
    says: 'without AWS_SECRET_ACCESS_KEY',
    fix: '`unset AWS_ACCESS_KEY_ID`',
  },
  {
    code: 'ENV_HALF_KEY_PAIR',
    severity: 'warning',
    machine: {env: {AWS_SECRET_ACCESS_KEY: 'secret'}},
    fix: '`unset AWS_SECRET_ACCESS_KEY`',
  },
  {
    code: 'ENV_KEYS_AND_PROFILE',
    severity: 'warning',
    machine: {...good, env: {...ENV_KEY, AWS_PROFILE: 'default'}},
    says: 'Serverless Framework takes the profile default, the AWS CLI the keys',
    fix: '`unset AWS_PROFILE`',
  },
  {
    code: 'ENV_KEYS_EXPIRED',
    severity: 'error',
    machine: {env: {...ENV_TEMPORARY, AWS_CREDENTIAL_EXPIRATION: '2026-03-01T10:00:00Z'}},
    says: 'expired 2 h ago',
    fix: '`unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION`',
  },
  {
    code: 'EXPIRY_OF_ANOTHER_KEY',
    severity: 'warning',
    machine: {env: {...ENV_KEY, AWS_CREDENTIAL_EXPIRATION: '2026-03-01T10:00:00Z'}},
    says: 'Serverless Framework does not',
    fix: '`unset AWS_CREDENTIAL_EXPIRATION`',
  },
  {
    code: 'TEMPORARY_KEY_WITHOUT_TOKEN',
    severity: 'error',
    machine: {env: {...ENV_KEY, AWS_ACCESS_KEY_ID: 'ASIAABCDEFGHIJKLMNOP'}},
    where: 'AWS_ACCESS_KEY_ID',
  },
  {
    code: 'TOKEN_BESIDE_LONG_LIVED_KEY',
    severity: 'error',
    machine: {env: {...ENV_KEY, AWS_SESSION_TOKEN: 'old'}},
    fix: '`unset AWS_SESSION_TOKEN`',
  },
  {
    code: 'TWO_PROFILE_VARIABLES',
    severity: 'warning',
    machine: {...good, env: {AWS_PROFILE: 'default', AWS_DEFAULT_PROFILE: 'dev'}},
    fix: '`unset AWS_DEFAULT_PROFILE`',
  },
  {
    code: 'WEB_IDENTITY_WITHOUT_ROLE',
    severity: 'error',
    machine: {env: {AWS_WEB_IDENTITY_TOKEN_FILE: '~/token'}, files: {token: 'x'}},
  },
  {
    code: 'TOKEN_FILE_UNREADABLE',
    severity: 'error',
    machine: {env: {AWS_WEB_IDENTITY_TOKEN_FILE: '~/no', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x'}},
    where: 'AWS_WEB_IDENTITY_TOKEN_FILE',
  },
  {
    code: 'CONTAINER_ADDRESS_REFUSED',
    severity: 'warning',
    machine: {env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/'}},
  },
  {
    code: 'EMPTY_VARIABLE',
    severity: 'warning',
    machine: {...good, env: {AWS_PROFILE: ''}},
    where: 'AWS_PROFILE',
    fix: '`unset AWS_PROFILE`',
  },
  // Profiles
  {code: 'NO_CREDENTIALS', severity: 'error', machine: {}, fix: '`serverless-setup`'},
  {
    code: 'PROFILE_NOT_FOUND',
    severity: 'error',
    machine: {...good, env: {AWS_PROFILE: 'defualt'}},
    says: 'Did you mean default?',
    fix: '`export AWS_PROFILE=default`',
  },
  {
    code: 'PROFILE_NOT_FOUND',
    severity: 'error',
    machine: {env: {AWS_PROFILE: 'prod'}},
    fix: '`serverless-setup --path local --profile prod`',
  },
  {
    code: 'PROFILE_NOT_FOUND',
    severity: 'error',
    machine: {credentials: `[work]\n${KEY}`, env: {AWS_PROFILE: 'elsewhere'}},
    fix: 'The only one that could be used is work. Choose it: `export AWS_PROFILE=work`',
  },
  {
    code: 'PROFILE_NOT_FOUND',
    severity: 'error',
    machine: {credentials: `[empty]\n[spare]\n${OTHER_KEY}[work]\n${KEY}`, env: {AWS_PROFILE: 'elsewhere'}},
    fix: 'These could be used: spare, work. Choose one: `export AWS_PROFILE=spare`',
  },
  {
    code: 'PROFILE_NOT_FOUND',
    severity: 'error',
    machine: {config: '[default]\nregion = us-east-1\n', env: {AWS_PROFILE: 'ghost'}},
    fix: 'None of the profiles here works as it is (default). Set it up: `serverless-setup --path local --profile ghost`',
  },
  {
    code: 'PROFILE_NOT_FOUND',
    severity: 'error',
    machine: {credentials: `[work]\n${KEY}`, env: {AWS_PROFILE: ' work'}},
    says: 'AWS_PROFILE names a profile " work" that does not exist. Did you mean work?',
    fix: '`export AWS_PROFILE=work`',
  },
  {
    code: 'PROFILE_NOT_CHOSEN',
    severity: 'error',
    machine: {
      credentials: Array.from({length: 50}, (_, number) => `[team-${number}]\n${KEY}`).join(''),
    },
    says: 'team-0, team-1, team-2, team-3, team-4, team-5 and 44 more',
    fix: '`export AWS_PROFILE=team-0`',
  },
  {
    code: 'PROFILE_READ_BY_SOME',
    severity: 'error',
    machine: {env: {AWS_PROFILE: 'dev'}, config: "[profile de'v']\nregion = us-east-1\n"},
    says: 'only the AWS CLI',
  },
  {
    code: 'HALF_KEY_PAIR',
    severity: 'error',
    machine: file('[default]\naws_access_key_id = AKIAABCDEFGHIJKLMNOP\n'),
    where: '~/.aws/credentials:2',
  },
  {
    code: 'HALF_KEY_PAIR',
    severity: 'warning',
    machine: {...good, credentials: `[default]\n${KEY}[old]\naws_secret_access_key = x\n`},
    where: '~/.aws/credentials:5',
  },
  {
    code: 'TEMPORARY_KEY_WITHOUT_TOKEN',
    severity: 'error',
    machine: file(
      `[default]\naws_access_key_id = ASIAABCDEFGHIJKLMNOP\naws_secret_access_key = ${'s'.repeat(40)}\n`,
    ),
  },
  {
    code: 'TOKEN_BESIDE_LONG_LIVED_KEY',
    severity: 'error',
    machine: file(`[default]\n${KEY}aws_session_token = old\n`),
    where: '~/.aws/credentials:4',
    mend: 'remove-keys',
  },
  {
    code: 'KEY_EXPIRED',
    severity: 'error',
    machine: file(
      `[default]\naws_access_key_id = ASIAABCDEFGHIJKLMNOP\naws_secret_access_key = ${'s'.repeat(40)}\naws_session_token = t\nx_security_token_expires = 2026-03-01T10:00:00Z\n`,
    ),
    says: 'expired 2 h ago',
    where: '~/.aws/credentials:5',
  },
  ...(
    [
      ['"AKIAABCDEFGHIJKLMNOP"', 's'.repeat(40), 'quotation marks', 2],
      ['<YOUR_ACCESS_KEY_ID>', '1', 'A placeholder stands where the key ID belongs', 2],
      [
        'AKIAIOSFODNN7EXAMPLE',
        'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/ab',
        'is the example of the AWS documentation',
        2,
      ],
      ['AKIAABCDEFGHIJKLMNOP#comment', 's'.repeat(40), '28', 2],
      ['true', 's'.repeat(40), 'begins with AKIA', 2],
      ['AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/ab', 'AKIAABCDEFGHIJKLMNOP', 'have changed places', 2],
      ['AKIAABCDEFGHIJKLMNOP', 's'.repeat(30), '30', 3],
      ['AKIAABCDEFGHIJKLMNOP', `${'s'.repeat(20)} ${'s'.repeat(19)}`, 'blank or line end inside', 3],
      ['AKIAABCDEFGHIJKLMNOP', `${'s'.repeat(20)}\r${'s'.repeat(19)}`, 'blank or line end inside', 3],
    ] as const
  ).map(([id, secret, says, line]) => ({
    code: 'KEY_MALFORMED',
    severity: 'error' as const,
    machine: file(`[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`),
    says,
    where: `~/.aws/credentials:${line}`,
  })),
  {
    code: 'KEY_MALFORMED',
    severity: 'error',
    machine: {env: {...ENV_KEY, AWS_SECRET_ACCESS_KEY: 'secret'}},
    fix: '`unset AWS_ACCESS_KEY_ID',
  },
  {
    code: 'OLD_TOKEN_KEY',
    severity: 'error',
    machine: file(
      '[default]\naws_access_key_id = ASIAABCDEFGHIJKLMNOP\naws_secret_access_key = x\naws_security_token = t\n',
    ),
  },
  {
    code: 'KEYS_IN_BOTH_FILES',
    severity: 'note',
    machine: {credentials: `[default]\n${KEY}`, config: `[default]\n${KEY}`},
    where: '~/.aws/config:2',
    mend: 'remove-keys',
  },
  {
    code: 'KEYS_IN_BOTH_FILES',
    severity: 'warning',
    machine: {credentials: `[default]\n${KEY}`, config: `[default]\n${OTHER_KEY}`},
    says: 'the latter count',
  },
  {
    code: 'TOOLS_TAKE_DIFFERENT_KEYS',
    severity: 'warning',
    machine: {
      credentials: `[default]\n${KEY}`,
      config: `[default]\n${SSO_PROFILE}${SSO_SESSION}`,
      files: ssoToken('corp', 4),
    },
    says: 'takes the access key, the AWS CLI the AWS SSO sign-in',
  },
  // Roles
  {
    code: 'ROLE_WITHOUT_SOURCE',
    severity: 'error',
    machine: withRole(''),
    where: '~/.aws/config:2',
    fix: '`aws configure set source_profile default --profile dev`, or write source_profile = default below [profile dev] in ~/.aws/config',
  },
  {
    code: 'ROLE_WITH_TWO_SOURCES',
    severity: 'error',
    machine: withRole('source_profile = default\ncredential_source = Environment\n'),
    where: '~/.aws/config:4',
  },
  {code: 'CREDENTIAL_SOURCE_UNKNOWN', severity: 'error', machine: withRole('credential_source = Env\n')},
  {
    code: 'SOURCE_PROFILE_NOT_FOUND',
    severity: 'error',
    machine: withRole('source_profile = defalt\n'),
    says: 'Did you mean default?',
    where: '~/.aws/config:3',
  },
  {
    code: 'ROLE_CIRCLE',
    severity: 'error',
    machine: withRole(
      'source_profile = ops\n[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/o\nsource_profile = dev\n',
    ),
  },
  {
    code: 'TOKEN_FILE_UNREADABLE',
    severity: 'error',
    machine: withRole('web_identity_token_file = ~/none\n'),
    where: '~/.aws/config:3',
  },
  ...[
    ['no-such-tool-here --x', 'in no folder of the PATH'],
    ['./no-such-tool.sh', 'is not there'],
    ['"/nowhere/a b/x.sh" --y', '/nowhere/a b/x.sh'],
    ["'/nowhere/a b/x.sh'", '/nowhere/a b/x.sh'],
  ].map(([command = '', says]) => ({
    code: 'PROGRAM_NOT_FOUND',
    severity: 'error' as const,
    machine: {config: `[default]\ncredential_process = ${command}\n`},
    ...(says === undefined ? {} : {says}),
  })),
  {
    code: 'PROGRAM_NOT_FOUND',
    severity: 'error',
    machine: {config: '[default]\ncredential_process = /nowhere/at-all --x\n'},
    fix: 'Put it there, or correct the path. To use a key instead: `serverless-setup --path local --profile default`',
  },
  // Sign-ins
  {
    code: 'SSO_SESSION_NOT_FOUND',
    severity: 'error',
    machine: sso({}, ''),
    says: '[sso-session corp]',
    where: '~/.aws/config:2',
  },
  {
    code: 'SSO_SESSION_INCOMPLETE',
    severity: 'error',
    machine: sso({}, '[sso-session corp]\nsso_region = eu-west-1\n'),
    says: 'sso_start_url',
    where: '~/.aws/config:6',
  },
  {
    code: 'SSO_NOT_SIGNED_IN',
    severity: 'error',
    machine: sso({}),
    fix: '`serverless-setup sso login --session corp`',
  },
  {
    code: 'SSO_SESSION_EXPIRED',
    severity: 'error',
    machine: sso(ssoToken('corp', -3)),
    says: 'expired 3 h ago',
  },
  {code: 'SSO_SESSION_EXPIRED', severity: 'error', machine: sso(ssoToken('corp', -3, registration(-1)))},
  {code: 'SSO_SESSION_ENDS_SOON', severity: 'note', machine: sso(ssoToken('corp', 0.25)), says: 'for 15 min'},
  {code: 'SSO_TOKEN_DAMAGED', severity: 'error', machine: sso(ssoToken('corp', 4, {accessToken: ''}))},
  {
    code: 'SSO_PROFILE_INCOMPLETE',
    severity: 'error',
    machine: {env: {AWS_PROFILE: 'dev'}, config: `[profile dev]\nsso_session = corp\n${SSO_SESSION}`},
    says: 'sso_account_id, sso_role_name',
  },
  {
    code: 'SSO_SETTINGS_DIFFER',
    severity: 'error',
    machine: {
      env: {AWS_PROFILE: 'dev'},
      config: `[profile dev]\n${SSO_PROFILE}sso_region = us-east-1\n${SSO_SESSION}`,
      files: ssoToken('corp', 4),
    },
    where: '~/.aws/config:5',
    mend: 'remove-keys',
  },
  {
    code: 'LOGIN_NOT_SIGNED_IN',
    severity: 'error',
    machine: {config: '[default]\nlogin_session = arn:aws:iam::111122223333:user/me\n'},
    fix: '`aws login --profile default` with AWS CLI 2, or without it give the profile an access key: `serverless-setup --path local --profile default`',
  },
  {
    code: 'PROFILE_READ_BY_SOME',
    severity: 'error',
    machine: {env: {AWS_PROFILE: 'p'}, config: '[profile p]\n'},
    where: '~/.aws/config:1',
    says: 'nothing stands in it',
    fix: '`serverless-setup --path local --profile p`',
  },
  {
    code: 'NOT_A_PROFILE',
    severity: 'warning',
    machine: {
      ...good,
      config:
        '[session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n[default]\nregion = us-east-1\n',
    },
    where: '~/.aws/config:1',
    fix: 'Write the header as [sso-session corp], if it is meant as a session of AWS SSO.',
  },
  // Regions
  {
    code: 'REGION_IGNORED',
    severity: 'warning',
    machine: {...good, config: '[default]\nregion = eu-west-1\n'},
    where: '~/.aws/config:2',
    fix: '`export AWS_REGION=eu-west-1`',
  },
  {
    code: 'REGION_IGNORED',
    severity: 'warning',
    machine: {...good, env: {AWS_DEFAULT_REGION: 'eu-west-3'}},
    where: 'AWS_DEFAULT_REGION',
  },
  {
    code: 'REGION_VARIABLES_DIFFER',
    severity: 'warning',
    machine: {...good, env: {AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-3'}},
  },
  {
    code: 'REGION_DIFFERS',
    severity: 'note',
    machine: {
      ...good,
      asked: {serviceRegion: {name: 'eu-north-1', from: say`provider.region in serverless.yml`}},
    },
    says: 'eu-north-1 (provider.region in serverless.yml)',
  },
  ...[{AWS_PROFILE: ''}, {AWS_DEFAULT_PROFILE: ''}].map((env) => ({
    code: 'NO_REGION',
    severity: 'note' as const,
    machine: {credentials: `[default]\n${KEY}`, env},
    fix: '`aws configure set region us-east-1 --profile default`',
  })),
  {
    code: 'NO_REGION',
    severity: 'note',
    machine: {...good, env: {AWS_CONFIG_FILE: '/dev/null'}},
    fix: '`unset AWS_CONFIG_FILE`',
  },
  {
    code: 'NO_REGION',
    severity: 'note',
    machine: {credentials: `[default]\n${KEY}`},
    fix: '`aws configure set region us-east-1`, or write region = us-east-1 below [default]',
  },
  {
    code: 'NO_REGION',
    severity: 'note',
    machine: {credentials: `[default]\n${KEY}[work]\n${OTHER_KEY}`, env: {AWS_PROFILE: 'work'}},
    fix: '`aws configure set region us-east-1 --profile work`, or write region = us-east-1 below [profile work]',
  },
  {
    code: 'DEFAULT_IN_CAPITALS',
    severity: 'warning',
    machine: {credentials: `[DEFAULT]\n${KEY}`},
    fix: 'Write [default] in small letters.',
  },
  {
    code: 'TOKEN_FILE_UNREADABLE',
    severity: 'error',
    machine: {
      env: {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '~/no',
      },
    },
    where: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    fix: 'its token has to be mounted there again',
  },
  {
    code: 'TOKEN_BESIDE_LONG_LIVED_KEY',
    severity: 'warning',
    machine: {env: {...ENV_KEY, AWS_SECURITY_TOKEN: 'old'}},
    where: 'AWS_SECURITY_TOKEN',
    fix: '`unset AWS_SECURITY_TOKEN`',
  },
  {
    code: 'REGION_UNKNOWN',
    severity: 'error',
    machine: {...good, env: {AWS_REGION: 'us-east1'}},
    where: 'AWS_REGION',
    says: 'us-east-1',
    fix: 'us-east-1',
  },
  ...['arn:aws:iam::123456789012:user/a', 'arn:aws:iam::12345678901:role/a', 'role/x', 'my-role'].flatMap(
    (arn) => [
      {
        code: 'ROLE_MALFORMED',
        severity: 'error' as const,
        machine: {
          config: `[default]\nrole_arn = ${arn}\nsource_profile = s\n[profile s]\n`,
          credentials: `[s]\n${KEY}`,
        },
        says: 'no name of a role',
        fix: 'role_arn = arn:aws:iam::123456789012:role/my-role below [default]',
      },
      {
        code: 'ROLE_MALFORMED',
        severity: 'error' as const,
        machine: {env: {AWS_ROLE_ARN: arn, AWS_WEB_IDENTITY_TOKEN_FILE: '/etc/hostname'}},
        where: 'AWS_ROLE_ARN',
        fix: '`unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN`',
      },
    ],
  ),
  ...['eu-west-1 ', ' eu-west-1', 'eu-west-1\n', '\teu-west-1'].map((region) => ({
    code: 'REGION_UNKNOWN',
    severity: 'error' as const,
    machine: {...good, env: {AWS_REGION: region}},
    where: 'AWS_REGION',
    says: 'blank or a line end',
    fix: 'export AWS_REGION=eu-west-1',
  })),
  // The way to AWS
  {
    code: 'ENDPOINT_OVERRIDE',
    severity: 'warning',
    machine: {...good, env: {AWS_ENDPOINT_URL_STS: 'http://user:pass@127.0.0.1:4566'}},
    says: 'Requests to STS go to http://127.0.0.1:4566',
    fix: '`unset AWS_ENDPOINT_URL_STS`',
  },
  {
    code: 'ENDPOINT_OVERRIDE',
    severity: 'warning',
    machine: {...good, config: '[default]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:4566\n'},
    where: '~/.aws/config:3',
  },
  {
    code: 'ENDPOINT_OVERRIDE',
    severity: 'warning',
    machine: {
      ...good,
      config: '[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:4566\n',
    },
    where: '~/.aws/config:3',
    says: 'requests to s3',
  },
  {
    code: 'PROXY_IN_FORCE',
    severity: 'note',
    machine: {...good, env: {HTTPS_PROXY: 'http://me:hidden@proxy.example.com:8080'}},
    says: 'http://proxy.example.com:8080',
  },
  {code: 'CA_BUNDLE_IN_FORCE', severity: 'note', machine: {...good, env: {AWS_CA_BUNDLE: '/etc/hosts'}}},
  {
    code: 'NAMED_FILE_MISSING',
    severity: 'warning',
    machine: {...good, env: {AWS_CA_BUNDLE: '/nowhere/ca.pem'}},
    where: 'AWS_CA_BUNDLE',
    fix: '`unset AWS_CA_BUNDLE`',
  },
  {
    code: 'NAMED_FILE_MISSING',
    severity: 'warning',
    machine: {...good, config: '[default]\nca_bundle = /nowhere/ca.pem\n'},
    where: '~/.aws/config:2',
    says: 'ca_bundle of the profile default names /nowhere/ca.pem, and there is no such file',
  },
  {
    code: 'CLOCK_SKEW',
    severity: 'error',
    machine: {...good, asked: {skewSeconds: -720}},
    says: '12 min behind AWS',
  },
  {code: 'CLOCK_SKEW', severity: 'warning', machine: {...good, asked: {skewSeconds: 90}}, says: 'ahead of'},
  // The files
  {
    code: 'FILE_UNREADABLE',
    severity: 'error',
    machine: {...good, env: {AWS_SHARED_CREDENTIALS_FILE: '~/.aws'}},
    says: 'cannot be read',
  },
  {
    code: 'NAMED_FILE_MISSING',
    severity: 'warning',
    machine: {...good, env: {AWS_CONFIG_FILE: '~/nope'}},
    where: 'AWS_CONFIG_FILE',
  },
  ...[
    '~x/config',
    '$HOME/.aws/config',
    '${HOME}/.aws/config',
    '%HOME%/.aws/config',
    '/etc/$NAME/config',
    String.raw`C:\Users\me\.aws\config`,
    './config',
    'config',
  ].map((path) => ({
    code: 'FILE_PATH_UNCLEAR',
    severity: 'error' as const,
    machine: {...good, env: {AWS_CONFIG_FILE: path}},
  })),
  {
    code: 'DUPLICATE_SECTION',
    severity: 'error',
    machine: file(`[default]\n${KEY}[default]\nregion = us-east-1\n`),
    where: '~/.aws/credentials:4',
    mend: 'merge-sections',
  },
  {code: 'DUPLICATE_SECTION', severity: 'error', machine: file(`[default]\n${KEY}[default]\n${OTHER_KEY}`)},
  {code: 'DUPLICATE_KEY', severity: 'error', machine: file(`[default]\n${KEY}${KEY}`)},
  {code: 'BYTE_ORDER_MARK', severity: 'error', machine: file(`\ufeff[default]\n${KEY}`), mend: 'strip-bom'},
  {
    code: 'NOT_A_PROFILE',
    severity: 'warning',
    machine: {...good, config: '[dev]\nregion = us-east-1\n'},
    where: '~/.aws/config:1',
    mend: 'header',
  },
  {code: 'NOT_A_PROFILE', severity: 'warning', machine: {...good, config: '[preview]\ncloudsearch = true\n'}},
  {
    code: 'PREFIX_IN_CREDENTIALS',
    severity: 'warning',
    machine: file(`[profile dev]\n${KEY}`),
    mend: 'header',
  },
  {code: 'HEADER_NOT_READ', severity: 'error', machine: file(`[ default ]\n${KEY}`), mend: 'header'},
  {
    code: 'HEADER_NOT_READ',
    severity: 'warning',
    machine: file(`[default]\n${KEY}[ other ]\n${OTHER_KEY}`),
    mend: 'header',
  },
  {
    code: 'UPPER_CASE_KEY',
    severity: 'warning',
    machine: file(`[default]\n${KEY.replace('aws_access', 'AWS_ACCESS')}`),
    where: '~/.aws/credentials:2',
    mend: 'rewrite-keys',
  },
  {
    code: 'COLON',
    severity: 'warning',
    machine: file(`[default]\n${KEY.replace(' =', ':')}`),
    mend: 'rewrite-keys',
  },
  {
    code: 'INLINE_COMMENT',
    severity: 'warning',
    machine: file(`[default]\n${KEY.replace('\n', ' # mine\n')}`),
    mend: 'rewrite-keys',
  },
]

test.each(rows)('$severity $code', async ({code, severity, machine, says, where, fix, mend}) => {
  const {finding} = await examine(machine)
  const found = finding(code)
  expect(found).toMatchObject({code, severity})
  if (says) expect(found!.what).toContain(says)
  if (where) expect(found!.where).toBe(where)
  if (fix) expect(found!.fix).toContain(fix)
  expect(found!.mend?.kind).toBe(mend)
})

test('a path that begins with ~ is one file, and not to every tool', async () => {
  const home = homeSandbox({
    files: {'.aws/credentials': `[default]\n${KEY}`, config: '[default]\nregion = us-east-1\n'},
  })
  const env = {...home.env, AWS_CONFIG_FILE: '~/config'}
  const {finding} = await look(home, env)
  const found = finding('PATH_NOT_EXPANDED')
  expect(found).toMatchObject({severity: 'warning', where: 'AWS_CONFIG_FILE'})
  const {finding: after} = await look(home, afterRunning(found!.fix!, env))
  expect(after('PATH_NOT_EXPANDED')).toBeUndefined()
})

/** The fixes that are lines for a shell, run in one: what they leave of the environment. */
function afterRunning(fix: string, env: Readonly<Record<string, string>>): Record<string, string> {
  const [line = ''] = [...fix.matchAll(/`((?:export|unset) [^`]+)`/g)].map(([, command]) => command)
  const printed = execFileSync('sh', ['-c', `${line}\nenv -0`], {
    env: {...env, PATH: '/usr/bin:/bin'},
    encoding: 'utf8',
  })
  const left = Object.fromEntries(
    printed
      .split('\0')
      .filter(Boolean)
      .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
  return Object.fromEntries(
    Object.entries(left).filter(([name]) => !['PWD', 'OLDPWD', 'SHLVL', '_', 'PATH'].includes(name)),
  )
}

test.each(rows)('$code: the fix that a shell can run cures it', async ({code, machine}) => {
  const {home, finding, env} = await examine(machine)
  const fix = finding(code)?.fix
  if (fix === undefined || !/`(?:export|unset) /.test(fix)) return
  const after = await look(home, afterRunning(fix, env), machine)
  expect(after.finding(code)).toBeUndefined()
})

const NASTY = [
  'a;touch pwned',
  '$(touch pwned)',
  '`touch pwned`',
  'a&b',
  "it's",
  '#h',
  '*',
  'a b',
  '"q"',
  '~',
]

test.each(NASTY)('a profile called %s is one word in every command that is told', async (name) => {
  const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz'
  const config = `[profile r]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = ${name}\n`
  for (const machine of [
    {env: {AWS_PROFILE: name}},
    {
      env: {AWS_PROFILE: name},
      credentials: `[${name}]\naws_access_key_id = <ID>\naws_secret_access_key = ${secret}\n`,
    },
    {env: {AWS_PROFILE: 'r'}, config},
    {
      env: {AWS_PROFILE: name},
      config: `[profile ${name}]\nsso_session = s\nsso_account_id = 1\nsso_role_name = x\n`,
    },
  ] satisfies readonly MachineSpec[]) {
    const {diagnosis, home} = await examine(machine)
    const fixes = diagnosis.findings.flatMap(({fix}) => (fix === undefined ? [] : [fix as string]))
    for (const fix of fixes) {
      // A name may hold a back-tick: the whole of the line is what stands between the first and the last.
      const [, line = ''] = /`(.*)`/.exec(fix) ?? []
      const stub = 'alias serverless-setup=: aws=:\n'
      execFileSync('sh', ['-c', `${stub}${line.split('`, or')[0]!.split('` to')[0]}`], {
        cwd: home.path,
        stdio: 'pipe',
      })
      expect(existsSync(join(home.path, 'pwned'))).toBe(false)
    }
  }
})

test('every code is met in this table, or in the tests of file modes', async () => {
  const {readdirSync, readFileSync} = await import('node:fs')
  const folder = join(process.cwd(), 'src', 'doctor', 'findings')
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  const codes = new Set(
    sources.flatMap((text) => [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, code]) => code!)),
  )
  const notCodes = /^(AWS|HTTPS|ALL|HEADER_UNUSUAL|INDENTED_KEY|NOT_ASCII|NOT_A_FILE$)/
  const elsewhere = [
    'FILE_OPEN_TO_OTHERS',
    'FOLDER_OPEN_TO_OTHERS',
    'TOKEN_OPEN_TO_OTHERS',
    'LOGIN_DAMAGED',
    'DOTENV_FAULT',
    'PATH_NOT_EXPANDED',
  ]
  const met = new Set([...rows.map(({code}) => code), ...elsewhere])
  expect([...codes].filter((code) => !notCodes.test(code) && !met.has(code))).toEqual([])
})

test.each<[string, MachineSpec, string]>([
  [
    'a region that does not exist is not spread',
    {credentials: `[default]\n${KEY}`, config: '[default]\nregion = eu-wst-1\n'},
    'REGION_IGNORED',
  ],
  [
    'nor from one variable to another',
    {...good, env: {AWS_REGION: 'eu-wst-1', AWS_DEFAULT_REGION: 'eu-west-2'}},
    'REGION_VARIABLES_DIFFER',
  ],
  [
    'a profile that no other tool finds under its name is not offered',
    {credentials: `[DEFAULT]\n${KEY}`},
    'PROFILE_NOT_CHOSEN',
  ],
  ['nor one with a header of the other file', {credentials: `[profile work]\n${KEY}`}, 'PROFILE_NOT_CHOSEN'],
  [
    'a file that is not there is the one cause',
    {credentials: `[default]\n${KEY}`, env: {AWS_SHARED_CREDENTIALS_FILE: '/nope/creds'}},
    'NO_CREDENTIALS',
  ],
])('%s', async (_what, machine, code) => {
  const codes = (await examine(machine)).diagnosis.findings.map((finding) => finding.code)
  expect(codes).not.toContain(code)
  expect(codes.length).toBeGreaterThan(0)
})

test('an indented header in a nested block keeps the AWS CLI from the whole file', async () => {
  const {tool, finding} = await examine({credentials: `[default]\n${KEY}s3 =\n  max = 1\n [b]\n`})
  expect(tool('cli').failure).toMatchObject({kind: 'broken'})
  expect(finding('SWALLOWED_HEADER')).toMatchObject({
    severity: 'error',
    fix: 'Begin the line with the bracket.',
  })
})

test('files that are named to be nowhere are empty, and nothing is wrong with that', async () => {
  const env = {...ENV_KEY, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null'}
  const {diagnosis} = await examine({env})
  expect(diagnosis.isUsable).toBe(true)
  expect(diagnosis.findings.filter(({severity}) => severity === 'error')).toEqual([])
})

test('a pipe or a folder in the place of a token is no token, and is not waited for', async () => {
  const {home, env} = await examine({
    config: '[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nweb_identity_token_file = ~/t\n',
  })
  for (const path of ['.aws/sso/cache', '.aws/login/cache']) {
    mkdirSync(join(home.path, path), {recursive: true})
    execFileSync('mkfifo', [join(home.path, path, 'x.json')])
  }
  execFileSync('mkfifo', [join(home.path, 't')])
  const piped = await look(home, env)
  expect(piped.diagnosis.isUsable).toBe(false)
  rmSync(join(home.path, 't'))
  mkdirSync(join(home.path, 't'))
  const {diagnosis, finding} = await look(home, env)
  expect(diagnosis.isUsable).toBe(false)
  expect(finding('TOKEN_FILE_UNREADABLE')?.what).toContain('is not a file')
})

test('a role that needs the keys of the environment is not told to do without them', async () => {
  const config = '[profile p]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Environment\n'
  const {codes, diagnosis} = await examine({config, env: {...ENV_KEY, AWS_PROFILE: 'p'}})
  expect(codes).not.toContain('ENV_KEYS_AND_PROFILE')
  expect(diagnosis.isUsable).toBe(true)
})

test.each(['constructor', 'toString', 'valueOf'])('the SDK finds no profile called %s', async (name) => {
  const {diagnosis} = await examine({env: {AWS_PROFILE: name}, credentials: `[${name}]\n${KEY}`})
  expect(diagnosis.isUsable).toBe(false)
})

test('a machine in order has nothing to tell', async () => {
  const {codes, diagnosis} = await examine(good)
  expect(codes).toEqual([])
  expect(diagnosis.isUsable).toBe(true)
})

test('a profile that is not in force is a warning, and none of its faults makes the machine unusable', async () => {
  const {finding, diagnosis} = await examine({
    credentials: `[default]\n${KEY}`,
    config: '[profile old]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = gone\n',
  })
  expect(finding('SOURCE_PROFILE_NOT_FOUND')).toMatchObject({severity: 'warning', profile: 'old'})
  expect(diagnosis.isUsable).toBe(true)
})

test('a session that is renewed without the person is no fault', async () => {
  const {codes, diagnosis} = await examine(sso(ssoToken('corp', -3, registration(48))))
  expect(codes.filter((code) => code.startsWith('SSO'))).toEqual([])
  expect(diagnosis.isUsable).toBe(true)
  expect(diagnosis.endedSessions).toEqual([])
})

test.each<[string, MachineSpec, string]>([
  [
    'a header without its prefix',
    {env: {AWS_PROFILE: 'work'}, config: `[work]\n${KEY}region = eu-west-1\n`},
    'NOT_A_PROFILE',
  ],
  [
    'a header with a prefix too many',
    {env: {AWS_PROFILE: 'work'}, credentials: `[profile work]\n${KEY}`},
    'PREFIX_IN_CREDENTIALS',
  ],
  ['keys without a header', {credentials: `${KEY}x = 1\ny = 2\n`}, 'BEFORE_FIRST_SECTION'],
])('one cause is one finding: %s', async (_, machine, code) => {
  const {diagnosis} = await examine(machine)
  expect(diagnosis.findings.filter(({severity}) => severity === 'error').map((each) => each.code)).toEqual([
    code,
  ])
  expect(diagnosis.findings[0]?.code).toBe(code)
})

test('one finding for a session that many profiles need, and its name for signing in again', async () => {
  const profiles = ['a', 'b', 'c'].map((name) => `[profile ${name}]\n${SSO_PROFILE}`).join('')
  const {diagnosis, finding} = await examine({config: profiles + SSO_SESSION, files: ssoToken('corp', -1)})
  expect(diagnosis.findings.filter(({code}) => code === 'SSO_SESSION_EXPIRED')).toHaveLength(1)
  expect(finding('SSO_SESSION_EXPIRED')!.what).toContain('3 profiles')
  expect(diagnosis.endedSessions).toEqual(['corp'])
})

test('one finding for a program that many profiles name, about the one that is used', async () => {
  const process = 'credential_process = /nowhere/at-all\n'
  const config = `[profile a]\n${process}[default]\n${process}[profile c]\n${process}`
  const {diagnosis, finding} = await examine({config})
  expect(diagnosis.findings.filter(({code}) => code === 'PROGRAM_NOT_FOUND')).toHaveLength(1)
  expect(finding('PROGRAM_NOT_FOUND')).toMatchObject({
    severity: 'error',
    profile: 'default',
    what: '/nowhere/at-all, named by credential_process of the profile default and 2 more, is not there.',
    where: '~/.aws/config:4',
  })
})

const unlessRootOrWindows = process.platform === 'win32' ? test.skip : test
unlessRootOrWindows('files that others may read or change', async () => {
  const {home} = await examine({...good, files: ssoToken('corp', 4)})
  const set = (file: string, mode: number) => chmodSync(join(home.path, file), mode)
  set('.aws/credentials', 0o644)
  set('.aws/config', 0o644)
  set('.aws', 0o777)
  const token = Object.keys(ssoToken('corp', 4))[0]!
  set(token, 0o640)
  const {diagnosis} = await look(home, home.env)
  const open = diagnosis.findings.filter(({code}) => code.endsWith('OPEN_TO_OTHERS'))
  expect(open.map(({code, mend, where}) => [code, where, mend])).toEqual([
    [
      'FILE_OPEN_TO_OTHERS',
      '~/.aws/credentials',
      {kind: 'chmod', path: join(home.path, '.aws/credentials'), mode: 0o600},
    ],
    ['FOLDER_OPEN_TO_OTHERS', '~/.aws', {kind: 'chmod', path: join(home.path, '.aws'), mode: 0o700}],
    ['TOKEN_OPEN_TO_OTHERS', `~/${token}`, {kind: 'chmod', path: join(home.path, token), mode: 0o600}],
  ])
})

test('errors stand before warnings, and warnings before notes', async () => {
  const {diagnosis} = await examine({
    env: {AWS_PROFILE: 'prod', AWS_ENDPOINT_URL: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://p:1'},
    credentials: `[default]\n${KEY}`,
  })
  const order = diagnosis.findings.map(({severity}) => ['error', 'warning', 'note'].indexOf(severity))
  expect(order).toEqual([...order].sort())
  expect(new Set(order).size).toBe(3)
})
