/** What is to be run next: true in this shell, terminal and folder. */
import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, symlinkSync, writeFileSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {effective} from '../../src/credentials/effective.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import type {Shell} from '../../src/text/shell.js'
import {deployLine, deployWith} from '../../src/text/deploy-line.js'
import {nextStep} from '../../src/service/next-step.js'
import type {Chosen} from '../../src/domain/next-step.js'
import {homeSandbox, type Home} from '../support/home.js'

const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
const key = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`
const ALICE = {AWS_ACCESS_KEY_ID: 'AKIAALICEALICEALICEA', AWS_SECRET_ACCESS_KEY: SECRET}

let home: Home
const before = process.cwd()
beforeEach(() => {
  home = homeSandbox()
  process.chdir(home.path)
  home.write(
    '.aws/credentials',
    `[default]\n${key('AKIABOBBOBBOBBOBBOBB')}[work]\n${key('AKIAWORKWORKWORKWORK')}`,
  )
  home.write('bin/serverless', '#!/bin/sh\n')
  chmodSync(`${home.path}/bin/serverless`, 0o755)
})
afterEach(() => {
  process.chdir(before)
  home.remove()
})

async function ask(chosen: Chosen, env: Record<string, string> = {}) {
  const s = await readSnapshot({
    env: {
      HOME: home.path,
      PATH: `${home.path}/bin`,
      AWS_EC2_METADATA_DISABLED: 'true',
      SERVERLESS_LICENSE_KEY: 'x',
      ...env,
    },
  })
  const next = await nextStep(s, {folder: home.path, shell: 'posix', ...chosen})
  // What the last line names is what the chain comes to with it.
  const at = next.args?.indexOf('--aws-profile') ?? -1
  const profile = at < 0 ? undefined : next.args?.[at + 1]
  const {verdict} = effective(s, profile === undefined ? {} : {profile})
  return {...next, uses: verdict.profile}
}

const hasProc = existsSync('/proc/self/mem')
;(hasProc ? test : test.skip)(
  'a service file that cannot be read is said to be one, and nothing fails',
  async () => {
    symlinkSync('/proc/self/mem', `${home.path}/serverless.yml`)
    const {notes, lines} = await ask({profile: 'default', region: 'us-east-1'})
    expect(notes.join(' ')).toContain('could not be read')
    expect(lines).toEqual(['serverless deploy'])
  },
)

test('a service in another folder begins with the way there, and with the packages that are missing', async () => {
  home.write('my shop/package.json', '{"dependencies": {"express": "5"}}')
  home.write('my shop/serverless.yml', 'service: shop\nprovider:\n  name: aws\n')
  const {lines} = await ask({profile: 'default', region: 'us-east-1', folder: `${home.path}/my shop`})
  expect(lines).toEqual(["cd 'my shop'", 'npm install', 'serverless deploy'])
})

test('a service in another folder that names its own resolver is changed there', async () => {
  home.write(
    'my shop/serverless.yml',
    'service: shop\nprovider:\n  name: aws\n  resolver: acme\nstages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n        profile: work\n',
  )
  const {lines} = await ask({profile: 'default', region: 'us-east-1', folder: `${home.path}/my shop`})
  expect(lines).toEqual(["serverless-setup resolvers edit --service 'my shop'"])
})

test('.env beside a compose file is reckoned with', async () => {
  home.write('serverless-compose.yml', 'services:\n  api:\n    path: api\n')
  home.write('api/serverless.yml', 'service: api\nprovider:\n  name: aws\n')
  home.write('.env', 'AWS_PROFILE=work\n')
  expect((await ask({profile: 'work', region: 'us-east-1'})).lines).toEqual(['serverless deploy'])
  expect((await ask({profile: 'default', region: 'us-east-1'})).lines).toEqual([
    'serverless deploy --aws-profile default',
  ])
})

test('what .env says of the region is not blamed for what the shell holds', async () => {
  home.write('serverless.yml', 'service: shop\nprovider:\n  name: aws\n')
  home.write('.env', 'AWS_REGION=us-west-1\n')
  const {notes} = await ask({profile: 'work'}, ALICE)
  expect(notes.join(' ')).toContain(
    'the key AKIA************ICEA of the environment would be used in this terminal',
  )
  expect(notes.join(' ')).not.toContain('stands in .env')
})

describe('after a sign-in, one of its profiles', () => {
  const among = [
    {name: 'prodacct', region: 'eu-west-1'},
    {name: 'dev', region: 'eu-west-1'},
  ]
  const service = (provider: string) =>
    home.write('serverless.yml', `service: shop\nprovider:\n  name: aws\n${provider}`)
  beforeEach(() =>
    home.write(
      '.aws/credentials',
      `[prodacct]\n${key('AKIAPRODPRODPRODPROD')}[dev]\n${key('AKIADEVDEVDEVDEVDEVD')}[other]\n${key('AKIAOTHEROTHEROTHERO')}`,
    ),
  )

  test('that which the file names, with its region', async () => {
    service('  profile: dev\n')
    expect((await ask({among})).lines).toEqual(['serverless deploy --region eu-west-1'])
  })

  test('none, where the file names another', async () => {
    service('  profile: other\n')
    expect((await ask({among})).lines).toEqual(['serverless deploy'])
    service(
      '  resolver: a\nstages:\n  default:\n    resolvers:\n      a:\n        type: aws\n        profile: other\n',
    )
    expect((await ask({among})).lines).toEqual(['serverless deploy'])
  })

  test('none, and no deploy, where that which the file names is not there', async () => {
    service('  profile: gone\n')
    expect(await ask({among})).toMatchObject({
      notes: ['A deploy of the service here would stop: There is no profile gone on this machine.'],
      lines: ['serverless-setup resolvers'],
    })
    service('  profile: gone\n  region: ${env:NOPE}\n')
    expect((await ask({profile: 'dev'})).lines).toEqual(['serverless-setup resolvers'])
  })

  test('none, and no deploy, where one of the services of a compose file stops', async () => {
    home.write('serverless-compose.yml', 'services:\n  api:\n    path: api\n')
    home.write('api/serverless.yml', 'service: api\nprovider:\n  name: aws\n  profile: gone\n')
    const {notes, lines} = await ask({among})
    expect(notes).toEqual([
      'A deploy of the services here would stop at api/serverless.yml: There is no profile gone on this machine.',
    ])
    expect(lines).toEqual(['serverless-setup resolvers --service api'])
    home.write('api/serverless.yml', 'service: api\nprovider:\n  name: aws\n  profile: dev\n')
    expect((await ask({profile: 'dev'})).lines).toEqual(['serverless deploy'])
  })

  test('that which AWS_PROFILE names, else the first', async () => {
    service('')
    expect((await ask({among}, {AWS_PROFILE: 'dev'})).lines).toEqual(['serverless deploy --region eu-west-1'])
    expect((await ask({among})).lines).toEqual([
      'serverless deploy --aws-profile prodacct --region eu-west-1',
    ])
  })
})

test.each([
  ['gone', 'gone, which is not on this machine', true],
  ['work', 'work', undefined],
])(
  'where the file names the profile %s, that is why another is not used',
  async (named, told, isMissingHere) => {
    home.write(
      '.aws/credentials',
      `[default]\n${key('AKIABOBBOBBOBBOBBOBB')}[work]\n${key('AKIAWORKWORKWORKWORK')}[zed]\n${key('AKIAZEDZEDZEDZEDZEDZ')}`,
    )
    home.write('serverless.yml', `service: shop\nprovider:\n  name: aws\n  profile: ${named}\n`)
    const next = await ask({profile: 'zed'})
    expect(next.lines).toEqual(['serverless deploy --aws-profile zed'])
    expect(next.notes).toEqual([
      `The file of the service here names the profile ${told}: a deploy without --aws-profile would not use the profile zed.`,
    ])
    expect(next.isMissingHere).toBe(isMissingHere)
  },
)

test('a region of this terminal is told where it wins over that of the profile, and taken out for other tools', async () => {
  const next = await ask({profile: 'work', region: 'eu-west-1'}, {AWS_REGION: 'us-west-2'})
  expect(next.lines).toEqual(['serverless deploy --aws-profile work --region eu-west-1'])
  expect(next.notes).toContain('AWS_REGION=us-west-2 of this terminal wins over the region of the profile.')
  expect(next.forTerminal).toBe('unset AWS_REGION; export AWS_PROFILE=work')
  const same = await ask({profile: 'work', region: 'eu-west-1'}, {AWS_REGION: 'eu-west-1'})
  expect(same.lines).toEqual(['serverless deploy --aws-profile work'])
  expect(same.forTerminal).toBe('export AWS_PROFILE=work')
})

test.each<[string, (path: string) => void]>([
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a device without an end', (path) => symlinkSync('/dev/zero', path)],
  ['not JSON', (path) => writeFileSync(path, '{')],
])('%s for a package.json names no packages, and is not waited for', async (_, make) => {
  make(`${home.path}/package.json`)
  expect((await ask({profile: 'default', region: 'us-east-1'})).lines).toEqual(['serverless deploy'])
})

test('a Framework that only the service has is run by npx, and installed with its packages', async () => {
  const ofDevelopment = '{"devDependencies": {"serverless": "4", "serverless-offline": "14"}}'
  home.write('package.json', ofDevelopment)
  const next = async (PATH?: string) => (await ask({profile: 'work'}, PATH === undefined ? {} : {PATH})).lines
  expect(await next('/nowhere')).toEqual(['npm install', 'npx serverless deploy --aws-profile work'])
  home.write('node_modules/.bin/serverless', '#!/bin/sh\n')
  chmodSync(`${home.path}/node_modules/.bin/serverless`, 0o755)
  expect(await next('/nowhere')).toEqual(['npx serverless deploy --aws-profile work'])
  expect(await next()).toEqual(['serverless deploy --aws-profile work'])
  home.write('package.json', '{}')
  expect(await next('/nowhere')).toEqual(['npx serverless deploy --aws-profile work'])
})

test('a service of another cloud is passed by', async () => {
  home.write('serverless.yml', 'service: shop\nprovider:\n  name: google\n  region: us-central1\n')
  const {notes, lines, isClosedHere} = await ask({profile: 'work', region: 'eu-west-1'})
  expect(isClosedHere).toBe(true)
  expect(notes.join(' ')).toContain('not one of AWS')
  expect(lines).toEqual(['serverless deploy --aws-profile work --region eu-west-1'])
})

describe('without a service', () => {
  test('the default profile needs nothing but its region', async () => {
    expect(await ask({profile: 'default', region: 'us-east-1'})).toEqual({
      notes: [],
      remarks: [],
      lines: ['serverless deploy'],
      args: ['deploy'],
      uses: 'default',
    })
    expect((await ask({profile: 'default', region: 'eu-west-1'})).lines).toEqual([
      'serverless deploy --region eu-west-1',
    ])
    expect((await ask({profile: 'default', region: 'eu-west-1'}, {AWS_REGION: 'eu-west-1'})).lines).toEqual([
      'serverless deploy',
    ])
  })

  test('another profile is named to the deploy, and set for the terminal', async () => {
    const next = await ask({profile: 'work', region: 'eu-west-1'})
    expect(next.lines).toEqual(['serverless deploy --aws-profile work --region eu-west-1'])
    expect(next.forTerminal).toBe('export AWS_PROFILE=work')
    expect(next.uses).toBe('work')
  })

  test('keys of another person in the environment are told, passed by, and can be taken away', async () => {
    const next = await ask({profile: 'default', region: 'us-east-1'}, ALICE)
    expect(next.notes).toEqual([
      'Without --aws-profile the key AKIA************ICEA of the environment would be used in this terminal, and not the profile default.',
    ])
    expect(next.lines).toEqual(['serverless deploy --aws-profile default'])
    expect(next.forTerminal).toBe('unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY')
    expect(next.uses).toBe('default')
  })

  test('what wins for the AWS CLI alone is taken away too, and the line does what it says', async () => {
    const keys = await ask({profile: 'work'}, ALICE)
    expect(keys.forTerminal).toBe('unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; export AWS_PROFILE=work')
    const token = {AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x'}
    expect((await ask({profile: 'work'}, token)).forTerminal).toBe(
      'unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN; export AWS_PROFILE=work',
    )
    const old = await ask({profile: 'default'}, {AWS_DEFAULT_PROFILE: 'ghost'})
    expect(old.forTerminal).toBe('unset AWS_DEFAULT_PROFILE')
    expect(old.notes).toEqual([
      'In this terminal AWS_DEFAULT_PROFILE would win over the profile for other tools than Serverless Framework.',
    ])
  })

  test('an exported AWS_PROFILE that names another is told', async () => {
    const next = await ask({profile: 'default'}, {AWS_PROFILE: 'work'})
    expect(next.lines).toEqual(['serverless deploy --aws-profile default'])
    expect(next.forTerminal).toBe('unset AWS_PROFILE')
    const ghost = await ask({profile: 'default'}, {AWS_PROFILE: 'ghost'})
    expect(ghost.notes).toEqual(['In this terminal AWS_PROFILE names the profile ghost.'])
    expect(ghost.uses).toBe('default')
  })

  test.each<[Shell, string, string]>([
    ['posix', 'export AWS_PROFILE=work', 'unset AWS_PROFILE'],
    ['fish', 'set -gx AWS_PROFILE work', 'set -e AWS_PROFILE'],
    ['powershell', "$env:AWS_PROFILE = 'work'", 'Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue'],
    ['cmd', 'set AWS_PROFILE=work', 'set AWS_PROFILE='],
  ])('in %s', async (shell, set, unset) => {
    expect((await ask({profile: 'work', shell})).forTerminal).toBe(set)
    expect((await ask({profile: 'default', shell}, {AWS_PROFILE: 'work'})).forTerminal).toBe(unset)
    expect((await ask({profile: 'work', shell})).lines).toEqual(['serverless deploy --aws-profile work'])
  })

  test('the Framework is to be installed, and asks who one is', async () => {
    home.remove()
    home = homeSandbox()
    const {remarks, lines} = await ask({profile: 'default'}, {SERVERLESS_LICENSE_KEY: ''})
    expect(lines[0]).toBe('npm install --global serverless')
    expect(remarks).toContain(
      'Serverless Framework asks you to sign in, or for a license key, before its first deploy.',
    )
    expect((await ask({}, {SERVERLESS_ACCESS_KEY: 'k'})).remarks).toEqual([])
  })
})

describe('in the folder of a service', () => {
  const service = (text: string) =>
    home.write('serverless.yml', `service: shop\nprovider:\n  name: aws\n${text}`)

  test('its region counts, and its profile is passed by', async () => {
    service('  region: eu-central-1\n  profile: work\n')
    const next = await ask({profile: 'default', region: 'eu-central-1'})
    expect(next.lines).toEqual(['serverless deploy --aws-profile default'])
    expect((await ask({profile: 'work', region: 'eu-central-1'})).lines).toEqual(['serverless deploy'])
  })

  test('a file with which the Framework stops is to be mended first', async () => {
    const resolver = (name: string) => `      ${name}:\n        type: aws\n        profile: work\n`
    service(`stages:\n  default:\n    resolvers:\n${resolver('acme')}${resolver('other')}`)
    const next = await ask({profile: 'default'})
    expect(next.args).toBeUndefined()
    expect(next.notes[0]).toContain('A deploy of the service here would stop: Multiple resolvers')
  })

  test('a profile that the file names is used, whatever else would be: nothing else is said to be', async () => {
    service('  profile: work\n  region: eu-central-1\n')
    const next = await ask({profile: 'work', region: 'eu-central-1'})
    expect(next).toMatchObject({notes: [], args: ['deploy'], isNamedHere: true})
  })

  test('a resolver ignores --aws-profile: the file is to be changed', async () => {
    service('stages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n        profile: work\n')
    const next = await ask({profile: 'default'})
    expect(next.args).toBeUndefined()
    expect(next.lines).toEqual(['serverless-setup resolvers edit'])
    expect(next.notes[0]).toContain('profile work of the resolver acme')
    expect((await ask({profile: 'work'})).lines).toEqual(['serverless deploy'])
  })
})

test('a line is one for the shell, whatever the name of the profile', () => {
  expect(deployWith('')).toBe('serverless deploy')
  expect(deployLine(['deploy', '--aws-profile', "it's"], 'posix')).toBe(
    String.raw`serverless deploy --aws-profile 'it'\''s'`,
  )
  expect(deployLine(['deploy', '--aws-profile', "it's"], 'powershell')).toBe(
    "serverless deploy --aws-profile 'it''s'",
  )
})

describe('in the folder of a service, too', () => {
  describe('a resolver names the profile, and no region', () => {
    const file = (stage: string) =>
      `service: s\nprovider:\n  name: aws\nstages:\n  ${stage}:\n    resolvers:\n      r:\n        type: aws\n        profile: work\n`

    test('the one that was chosen is given to the deploy', async () => {
      home.write('serverless.yml', file('default'))
      const ofWork = async (region: string, env = {}) =>
        (await ask({profile: 'work', region}, env)).lines.at(-1)
      expect(await ofWork('eu-west-1')).toBe('serverless deploy --region eu-west-1')
      expect(await ofWork('us-east-1')).toBe('serverless deploy')
      expect(await ofWork('us-east-1', {AWS_REGION: 'ap-south-1'})).toBe(
        'serverless deploy --region us-east-1',
      )
      const dev = '  dev:\n    resolvers:\n      d:\n        type: aws\n        profile: default\n'
      home.write('serverless.yml', file('prod') + dev)
      expect(await ofWork('eu-west-1')).toBe('serverless deploy --stage prod --region eu-west-1')
      home.write('serverless.yml', `${file('prod')}        region: eu-north-1\n${dev}`)
      const {lines, notes} = await ask({profile: 'work', region: 'eu-west-1'})
      expect(lines).toEqual(['serverless deploy --stage prod'])
      expect(notes.join(' ')).toContain('eu-north-1')
    })
  })

  test('what .env sets is told as that, and not as this terminal', async () => {
    home.write('serverless.yml', 'service: s\nprovider:\n  name: aws\n')
    home.write('.env', `AWS_ACCESS_KEY_ID=AKIAALICEALICEALICEA\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`)
    const {notes, lines} = await ask({profile: 'default'})
    expect(notes.join(' ')).toContain('AWS_ACCESS_KEY_ID stands in .env')
    expect(notes.join(' ')).not.toContain('In this terminal the key AKIA************BOBB')
    expect(lines).toEqual(['serverless deploy --aws-profile default'])
  })
})
