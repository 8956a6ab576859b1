/** Every format people paste keys in, rendered from random keys, with what each is expected to yield. */
import fc from 'fast-check'
import {
  accountText,
  anyKey,
  type KeyText,
  longLived,
  profileText,
  regionText,
  temporary,
  userText,
} from './keys.js'

export interface Rendered {
  readonly text: string
  readonly keys: readonly Expected[]
}

export interface Expected extends KeyText {
  readonly profileName?: string
  readonly region?: string
  readonly userName?: string
  readonly accountId?: string
}

const shellLines =
  (prefix: string, quote: string, suffix = '') =>
  (key: KeyText) =>
    variables(key)
      .map(([name, value]) => `${prefix}${name}=${quote}${value}${quote}${suffix}`)
      .join('\n')

function variables({id, secret, token}: KeyText): [string, string][] {
  return [
    ['AWS_ACCESS_KEY_ID', id],
    ['AWS_SECRET_ACCESS_KEY', secret],
    ...(token === undefined ? [] : [['AWS_SESSION_TOKEN', token] as [string, string]]),
  ]
}

const one = (arbitrary: fc.Arbitrary<KeyText>, render: (key: KeyText) => string): fc.Arbitrary<Rendered> =>
  arbitrary.map((key) => ({text: render(key), keys: [key]}))

const ini = (key: KeyText, profile: string, equals: string, region?: string) =>
  [
    `[${profile}]`,
    ...variables(key).map(([name, value]) => `${name.toLowerCase()}${equals}${value}`),
    ...(region === undefined ? [] : [`region${equals}${region}`]),
  ].join('\n')

const csvField = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** A terminal's prompt, the echoed command and the next prompt around an output. */
const inTerminal = (command: string, output: string) =>
  `\u001b[32m[cloudshell-user@ip-10-132-33-29 ~]$\u001b[0m ${command}\n${output}\n[cloudshell-user@ip-10-132-33-29 ~]$ `

export const formats: Readonly<Record<string, fc.Arbitrary<Rendered>>> = {
  'an ID and a secret': fc
    .tuple(
      longLived,
      fc.constantFrom(' ', '\n', '\t', ',', ':', ';', ' | ', '\r\n\r\n', '/', '+', ' secret: ', '" "'),
      fc.boolean(),
    )
    .map(([key, between, isSecretFirst]) => ({
      text: isSecretFirst ? key.secret + between + key.id : key.id + between + key.secret,
      keys: [key],
    })),
  'several pairs': fc
    .tuple(fc.uniqueArray(longLived, {minLength: 2, maxLength: 4, selector: ({id}) => id}), fc.boolean())
    .map(([keys, isSecretFirst]) => ({
      text: keys.map(({id, secret}) => (isSecretFirst ? `${secret} ${id}` : `${id} ${secret}`)).join('\n'),
      keys,
    })),
  'the console page': one(
    longLived,
    ({id, secret}) => `Access key\n${id}\nSecret access key\n${secret}\nHide`,
  ),
  'export lines': one(anyKey, shellLines('export ', '')),
  'quoted export lines': one(anyKey, shellLines('export ', '"')),
  'set lines': one(anyKey, shellLines('set ', '')),
  'quoted set lines': one(anyKey, (key) =>
    variables(key)
      .map(([name, value]) => `set "${name}=${value}"`)
      .join('\r\n'),
  ),
  'setx lines': one(anyKey, (key) =>
    variables(key)
      .map(([name, value]) => `setx ${name} "${value}" /M`)
      .join('\r\n'),
  ),
  'PowerShell lines': one(anyKey, shellLines('$Env:', '"')),
  'PowerShell lines with prompts': one(anyKey, shellLines('PS C:\\Users\\me> $env:', "'", ';')),
  'fish lines': one(anyKey, (key) =>
    variables(key)
      .map(([name, value]) => `set -gx ${name} ${value};`)
      .join('\n'),
  ),
  'a .env file': one(anyKey, (key) => `# local\nSTAGE=dev\n${shellLines('', "'")(key)}\nDEBUG=1\n`),
  'docker options': one(
    anyKey,
    (key) =>
      `docker run ${variables(key)
        .map(([n, v]) => `-e ${n}=${v}`)
        .join(' ')} --rm image`,
  ),
  'one command line': one(
    anyKey,
    (key) =>
      `${variables(key)
        .map(([n, v]) => `${n}=${v}`)
        .join(' ')} npx serverless deploy`,
  ),
  'compose YAML': one(
    anyKey,
    (key) =>
      `environment:\n${variables(key)
        .map(([n, v]) => `  ${n}: ${v}`)
        .join('\n')}`,
  ),
  'configure set': one(anyKey, (key) =>
    variables(key)
      .map(([n, v]) => `aws configure set ${n.toLowerCase()} ${v}`)
      .join('\n'),
  ),
  'configure, answered': one(
    longLived,
    ({id, secret}) =>
      `AWS Access Key ID [None]: ${id}\nAWS Secret Access Key [None]: ${secret}\nDefault output format [None]:`,
  ),
  'smart quotes': one(anyKey, (key) =>
    variables(key)
      .map(([name, value]) => `export ${name}=“${value}”`)
      .join('\n'),
  ),
  'a profile': fc
    .tuple(anyKey, profileText, fc.constantFrom('=', ' = ', '  =  '), fc.option(regionText, {nil: undefined}))
    .map(([key, profileName, equals, region]) => ({
      text: `; my file\n${ini(key, profileName, equals, region)}\n`,
      keys: [{...key, profileName, ...(region === undefined ? {} : {region})}],
    })),
  'several profiles': fc
    .uniqueArray(fc.tuple(anyKey, profileText), {minLength: 2, maxLength: 5, selector: ([, name]) => name})
    .map((profiles) => ({
      text: profiles.map(([key, name]) => ini(key, name, ' = ')).join('\n\n'),
      keys: profiles.map(([key, profileName]) => ({...key, profileName})),
    })),
  'create-access-key in CloudShell': fc.tuple(longLived, userText).map(([key, userName]) => ({
    text: inTerminal(
      'aws iam create-access-key --user-name x',
      JSON.stringify(
        {
          AccessKey: {
            UserName: userName,
            AccessKeyId: key.id,
            Status: 'Active',
            SecretAccessKey: key.secret,
            CreateDate: '2026-01-01T00:00:00+00:00',
          },
        },
        null,
        4,
      ),
    ),
    keys: [{...key, userName}],
  })),
  'get-session-token': one(temporary, ({id, secret, token}) =>
    inTerminal(
      'aws sts get-session-token',
      JSON.stringify(
        {
          Credentials: {
            AccessKeyId: id,
            SecretAccessKey: secret,
            SessionToken: token,
            Expiration: '2026-01-01T00:00:00+00:00',
          },
        },
        null,
        4,
      ),
    ),
  ),
  'assume-role': one(temporary, ({id, secret, token}) =>
    JSON.stringify({
      Credentials: {
        AccessKeyId: id,
        SecretAccessKey: secret,
        SessionToken: token,
        Expiration: '2026-01-01T00:00:00+00:00',
      },
      AssumedRoleUser: {
        AssumedRoleId: 'AROA3XFRBF535PLBIFPI4:s',
        Arn: 'arn:aws:sts::123456789012:assumed-role/xaccounts3access/s',
      },
    }),
  ),
  'a credential process': one(anyKey, ({id, secret, token}) =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: id,
      SecretAccessKey: secret,
      ...(token === undefined ? {} : {SessionToken: token}),
    }),
  ),
  'JSON inside a string': one(anyKey, ({id, secret, token}) =>
    JSON.stringify(JSON.stringify({AccessKeyId: id, SecretAccessKey: secret, SessionToken: token})),
  ),
  'JSON with escaped slashes': one(longLived, ({id, secret}) =>
    JSON.stringify({AccessKeyId: id, SecretAccessKey: secret}).replaceAll('/', '\\/'),
  ),
  'XML of the API': fc
    .tuple(
      longLived,
      userText.filter((name) => /^[a-z]+$/i.test(name)),
    )
    .map(([key, userName]) => ({
      text: `<AccessKey><UserName>${userName}</UserName><AccessKeyId>${key.id}</AccessKeyId><SecretAccessKey>${key.secret}</SecretAccessKey></AccessKey>`,
      keys: [{...key, userName}],
    })),
  'the CSV file': one(
    longLived,
    ({id, secret}) => `\ufeffAccess key ID,Secret access key\r\n${id},${secret}\r\n`,
  ),
  'the CSV file of several users': fc
    .array(fc.tuple(longLived, userText), {minLength: 1, maxLength: 4})
    .map((rows) => ({
      text: `User name,Password,Access key ID,Secret access key,Console login link\r\n${rows
        .map(
          ([{id, secret}, user]) =>
            `${csvField(user)},"p,""q""",${id},"${secret}",https://1.signin.aws.amazon.com/console`,
        )
        .join('\r\n')}`,
      keys: rows.map(([key, userName]) => ({...key, userName})),
    })),
  'the CSV file saved by a spreadsheet': one(
    longLived,
    ({id, secret}) => `Access key ID;Secret access key\n${id};${secret}\n`,
  ),
  'the access portal, all three blocks': fc.tuple(temporary, accountText).map(([key, accountId]) => {
    const profileName = `${accountId}_AdministratorAccess`
    return {
      text: `${shellLines('export ', '"')(key)}\n\n${ini(key, profileName, '=')}\n\n${shellLines('$Env:', '"')(key)}\n`,
      keys: [{...key, profileName, accountId}],
    }
  }),
}

/** What terminals, browsers and documents add without changing the meaning. */
export const noise: fc.Arbitrary<(text: string) => string> = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `\u001b[200~${text}\u001b[201~`,
  (text) => `[200~${text}[201~`,
  (text) => `^[[200~${text}^[[201~`,
  (text) => `\n\n  ${text}  \n`,
  (text) => text.replace(/\r?\n/g, '\r\n'),
  (text) => text.replace(/\r?\n/g, '\r'),
  (text) =>
    text
      .split('\n')
      .map((line) => `\u001b[1;33m${line}\u001b[0m`)
      .join('\n'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => `\u200b${[...text].join('\u200b')}`,
  (text) => [...text].join('\u0000'),
)
