/** What the doctor says in the folder of a service: the service first, and its exit code follows. */
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {panelLines} from '../../components/panel-lines.js'
import type {Asked} from '../../src/credentials/types.js'
import type {Panel} from '../../src/engine/types.js'
import {askedBy} from '../../src/adapters/asked.js'
import {checkup} from '../../src/adapters/checkup.js'
import {homeSandbox, type Home} from '../support/home.js'

const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
const key = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`

let home: Home
const ID = 'AKIAQ7WERTYUIOPLKJH2'

beforeEach(() => {
  home = homeSandbox()
  home.write(
    '.aws/credentials',
    `[default]\n${key('AKIADEFAULTDEFAULTDF')}[work]\n${key('AKIAWORKWORKWORKWORK')}`,
  )
})
afterEach(() => home.remove())

const text = (panels: readonly Panel[]) =>
  panelLines(panels, 100)
    .map((line) => line.map(({text: words}) => words).join(''))
    .join('\n')

async function look(
  service: string,
  {env = {}, asked = {}, stage}: {env?: NodeJS.ProcessEnv; asked?: Asked; stage?: string} = {},
) {
  home.write('app/serverless.yml', `service: shop\n${service}`)
  const found = await checkup({
    env: {HOME: home.path, AWS_EC2_METADATA_DISABLED: 'true', ...env},
    asked,
    stage,
    folder: `${home.path}/app`,
  })
  return {...found, text: text(found.report), json: found.data()}
}

test('a profile of the service that is not here: told first, and not usable', async () => {
  const {isUsable, text: report, json} = await look('provider:\n  name: aws\n  profile: prod\n')
  expect(isUsable).toBe(false)
  expect(json).toMatchObject({isUsable: false})
  expect(report).toMatch(/^\S*serverless\.yml\n✖ Stage dev +profile prod, us-east-1\n/)
  expect(report).toContain('Serverless Framework finds no AWS credentials here.')
  expect(report).toContain('provider.profile in the service file names a profile that is in neither file')
  expect(report).not.toContain('would use the key AKIA************LTDF')
})

describe('signed in to the Dashboard, and the file names org and app', () => {
  const NAMES = 'org: acme\napp: shop\n'
  const env = {SERVERLESS_ACCESS_KEY: 'x'}

  test('without a key here nothing is told to be missing: a Provider may give one', async () => {
    home.write('.aws/credentials', '')
    const {isUsable, text: report, json} = await look(`${NAMES}provider:\n  name: aws\n`, {env})
    expect(isUsable).toBe(true)
    expect(report).toMatch(/\? Stage dev +the Provider of the Dashboard, if it has one for this service/)
    expect(json).toMatchObject({
      used: expect.stringContaining('the Provider of the Dashboard, if it has one'),
    })
  })

  test('a key here is told as what is used where there is no Provider', async () => {
    const {isUsable, text: report} = await look(`${NAMES}provider:\n  name: aws\n  profile: work\n`, {env})
    expect(isUsable).toBe(true)
    expect(report.replace(/\s+/g, ' ')).toContain('if it has one for this service; else profile work')
  })

  test('dashboard: false keeps it away, and who is not signed in gets nothing of it', async () => {
    home.write('.aws/credentials', '')
    const off = `${NAMES}provider:\n  name: aws\nstages:\n  default:\n    resolvers:\n      a:\n        type: aws\n        profile: gone\n        dashboard: false\n`
    expect((await look(off, {env})).isUsable).toBe(false)
    expect((await look(`${NAMES}provider:\n  name: aws\n`)).isUsable).toBe(false)
  })
})

test('a profile and a region of the service are what the verdict is about', async () => {
  const {
    isUsable,
    text: report,
    json,
  } = await look('provider:\n  name: aws\n  profile: work\n  region: eu-central-1\n', {
    env: {AWS_REGION: 'eu-west-1'},
  })
  expect(isUsable).toBe(true)
  expect(report).toContain('Serverless Framework would use the key AKIA************WORK of the profile work.')
  expect(report).toContain('eu-central-1 (provider.region)')
  expect(json['tools']).toMatchObject([
    {id: 'serverless', profile: 'work', region: {name: 'eu-central-1'}},
    {},
    {},
    {},
  ])
})

test.each([
  ['the profile', 'profile: ${opt:p}', 'profile ${opt:p}'],
  ['the region', 'profile: work\n  region: ${ssm:/region}', 'profile work, ${ssm:/region}'],
  ['a part of the profile', 'profile: team-${ssm:/team}', 'profile team-${ssm:/team}'],
  ['the stage itself', 'stage: ${opt:s}', ''],
])('a stage of which a variable says %s is not told as good', async (_what, provider, value) => {
  const {text: report} = await look(`provider:\n  name: aws\n  ${provider}\n`)
  expect(report).toContain(value === '' ? '? Stage ${opt:s}' : `? Stage dev  ${value}`)
  expect(report).not.toMatch(/✔ (?:Stage|No mistake)/)
})

describe('variables of the environment are those of this shell, with what .env says', () => {
  const named = 'provider:\n  name: aws\n  profile: ${env:TEAM}\n'

  test('one that is set names the profile', async () => {
    const {text: report, isUsable, json} = await look(named, {env: {TEAM: 'work'}})
    expect(report).toContain('✔ Stage dev  profile work')
    expect(report).toContain('would use the key AKIA************WORK of the profile work.')
    expect(json).toMatchObject({isUsable: true, used: 'the key AKIA************WORK of the profile work'})
    expect(isUsable).toBe(true)
  })

  test.each([
    ['profile: ${env:TEAM}', 'profile'],
    ['profile: work\n  region: ${env:TEAM}', 'region'],
    ['profile: team-${env:TEAM}', 'part of it'],
  ])('one that is not set stops the run: %s', async (provider) => {
    const {text: report, isUsable, json} = await look(`provider:\n  name: aws\n  ${provider}\n`)
    expect(report).toContain('✖ Stage dev  nothing here: TEAM is not set in this shell')
    expect(isUsable).toBe(false)
    expect(json).toMatchObject({
      isUsable: false,
      used: expect.stringMatching(/^nothing, as .*serverless\.yml stands$/),
    })
  })

  test('a fallback takes its place; a stage by a variable is that stage', async () => {
    expect((await look("provider:\n  name: aws\n  profile: ${env:TEAM, 'work'}\n")).text).toContain(
      '✔ Stage dev  profile work',
    )
    const stage = `provider:\n  name: aws\n  stage: \${env:STG, 'dev'}\nstages:\n  prod:\n    resolvers:\n      b:\n        type: aws\n        profile: work\n`
    expect((await look(stage, {env: {STG: 'prod'}})).text).toMatch(
      /✔ Stage prod +profile work of the resolver b/,
    )
    expect((await look(stage)).text).toContain('✔ Stage dev  the standard chain of AWS')
  })

  test.each([
    ['.env', 'TEAM=work\n'],
    ['.env.dev', 'export TEAM="work" # mine\n'],
  ])('%s is read before credentials are asked for', async (name, text) => {
    home.write(`app/${name}`, text)
    expect((await look(named)).text).toContain('✔ Stage dev  profile work')
  })

  test.each([
    ['P: "work"', 'b'],
    ['\ufeffP=work', 'a byte order mark'],
    ['FOO\nP=work', 'a line that is none'],
    ['export   P=work', 'blanks'],
    ['P\t=\twork', 'tabs'],
  ])('.env is read by the rules of the package that the Framework uses: %j', async (text) => {
    home.write('app/.env', `${text}\n`)
    expect((await look("provider:\n  name: aws\n  profile: ${env:P, 'default'}\n")).text).toContain(
      '✔ Stage dev  profile work',
    )
  })

  test('one that is set to nothing is set', async () => {
    const nothing = {env: {P: ''}}
    expect((await look("provider:\n  name: aws\n  profile: ${env:P, 'work'}\n", nothing)).text).toContain(
      '✔ Stage dev  the standard chain of AWS',
    )
    expect((await look("provider:\n  name: aws\n  profile: ${env:P, ''}\n")).isUsable).toBe(true)
    expect((await look("provider:\n  name: aws\n  region: ${env:P, 'eu-west-1'}\n", nothing)).text).toContain(
      'the standard chain of AWS, us-east-1',
    )
  })

  test.each([
    ['stage: ${env:STG}', 'provider.stage is ${env:STG}, and STG is not set in this shell.'],
    ['resolver: ${env:R}', 'provider.resolver is ${env:R}, and R is not set in this shell.'],
  ])('what stops a run before it has credentials: %s', async (provider, words) => {
    const {text: report, isUsable} = await look(`provider:\n  name: aws\n  ${provider}\n`)
    expect(isUsable).toBe(false)
    expect(report.replace(/\s+/g, ' ')).toContain(`nothing: ${words}`)
  })

  test.each(['${env:P, b}', '${env:P, ${env:Q}}', "${env:P, 'a,b'}"])(
    '%s is not told as known',
    async (profile) => {
      const {text: report} = await look(`provider:\n  name: aws\n  profile: "${profile}"\n`, {
        env: {Q: 'work'},
      })
      expect(report).toMatch(/\? Stage dev/)
    },
  )

  test('.env.STAGE counts for its stage, in the rows as well', async () => {
    home.write('app/.env.prod', 'PP=work\nAWS_REGION=eu-west-3\n')
    const {text: report, isUsable} = await look(
      'provider:\n  name: aws\nstages:\n  prod:\n    resolvers:\n      rp:\n        type: aws\n        profile: ${env:PP}\n',
    )
    expect(report).toMatch(
      /✔ Stage prod +profile work of the resolver rp, eu-west-3\n.*rp +profile work \(is here\), eu-west-3/,
    )
    expect(report).not.toContain('ENV_NOT_SET')
    expect(isUsable).toBe(true)
  })

  test('.env that names another file: what stands there is found, in every part of the report', async () => {
    home.write('creds', `[q]\n${key('AKIAQQQQQQQQQQQQQQQQ')}`)
    home.write('app/.env', `AWS_SHARED_CREDENTIALS_FILE=${home.path}/creds\n`)
    const {text: report, isUsable} = await look('provider:\n  name: aws\n  profile: q\n')
    expect(report).toContain('✔ Stage dev  profile q')
    expect(report).not.toContain('PROFILE_NOT_HERE')
    expect(isUsable).toBe(true)
  })

  test('.env that keeps it from working is named as why, and no other profile is offered', async () => {
    home.write('app/.env', 'AWS_SHARED_CREDENTIALS_FILE=/nope/x\n')
    const {text: report, json, isUsable} = await look('provider:\n  name: aws\n')
    expect(isUsable).toBe(false)
    expect(report.replace(/\s+/g, ' ')).toMatch(/sets AWS_SHARED_CREDENTIALS_FILE, and with it/)
    expect(JSON.stringify(json['findings'])).toContain('DOTENV_FAULT')
    expect(JSON.stringify(json['findings'])).not.toContain('PROFILE_NOT_CHOSEN')
  })

  test('.env that names a profile decides for Serverless Framework alone, and says so; what is set already stays', async () => {
    home.write('app/.env', 'AWS_PROFILE=work\nAWS_REGION=eu-west-1\n')
    const plain = 'provider:\n  name: aws\n'
    const {text: report, json} = await look(plain)
    expect(report).toContain('would use the key AKIA************WORK of the profile work.')
    expect(report).toMatch(
      /\.env sets AWS_PROFILE, AWS_REGION: Serverless Framework reads\s+it, other tools do not\./,
    )
    expect(report).toContain('eu-west-1')
    expect(json).toMatchObject({tools: [{profile: 'work'}, {profile: 'default'}, {profile: 'default'}, {}]})
    expect((await look(plain, {env: {AWS_PROFILE: 'default'}})).text).toContain('of the profile default.')
    expect((await look(`useDotenv: false\n${plain}`)).text).toContain('of the profile default.')
    home.write('app/shared/.env', 'AWS_PROFILE=default\n')
    expect((await look(`useDotenv: shared\n${plain}`)).text).toContain('of the profile work.')
  })
})

test('keys of a resolver by a variable: good where the environment has them, unknown where AWS would be asked', async () => {
  const service = (id: string, secret: string) =>
    `provider:\n  name: aws\nstages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n        accessKeyId: ${id}\n        secretAccessKey: ${secret}\n`
  const mark = async (id: string, secret: string, env = {}) =>
    /(\S) Stage dev/.exec((await look(service(id, secret), {env})).text)?.[1]
  expect(await mark('${env:MY}', '${env:OWN}', {MY: ID, OWN: 's'.repeat(40)})).toBe('✔')
  expect(await mark('${env:MY}', '${env:OWN}', {MY: 'x', OWN: 's'.repeat(40)})).toBe('✖')
  expect(await mark('${env:MY}', '${env:OWN}')).toBe('✖')
  expect(await mark('${ssm:/my/key}', '${ssm:/my/secret}')).toBe('?')
})

test('--stage asks about that one alone', async () => {
  const service =
    'provider:\n  name: aws\nstages:\n  prod:\n    resolvers:\n      acme:\n        type: aws\n        profile: gone\n'
  const {isUsable, text: report} = await look(service, {stage: 'qa'})
  expect(isUsable).toBe(true)
  expect(report).toContain('✔ Stage qa')
  expect(report).not.toContain('Stage prod')
  expect((await look(service, {stage: 'prod'})).isUsable).toBe(false)
})

test.each(['ProductionAccountAdministratorAccess2024', 'wJalrXUtnFEMIK7MDENGabPxRfiCYzq3vX1aBcDe', 'dev-👩‍💻'])(
  'a profile is looked up by its own name, however it is shown: %s',
  async (name) => {
    home.write('.aws/credentials', `[${name}]\n${key('AKIAWORKWORKWORKWORK')}`)
    const {isUsable, json} = await look(`provider:\n  name: aws\n  profile: ${name}\n`)
    expect(json).toMatchObject({tools: [{failure: null, winner: 'static'}, {}, {}, {}]})
    expect(isUsable).toBe(true)
  },
)

test('one stage that cannot be deployed is enough', async () => {
  const {isUsable, text: report} = await look(
    'provider:\n  name: aws\n  resolver: acme\nstages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n        profile: work\n  prod:\n    resolvers:\n      acme:\n        type: aws\n        profile: gone\n',
  )
  expect(isUsable).toBe(false)
  expect(report).toMatch(/✔ Stage dev +profile work of the resolver acme/)
  expect(report).toMatch(/✖ Stage prod +profile gone of the resolver acme/)
})

test('--aws-profile is ignored where a resolver decides', async () => {
  const {text: report} = await look(
    'provider:\n  name: aws\nstages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n        profile: work\n',
    {asked: {profile: 'default'}},
  )
  expect(report).toContain('would use the key AKIA************WORK of the profile work')
})

test('keys that the service gives itself: what is on the machine is told apart', async () => {
  home.write('.aws/credentials', '')
  const {isUsable, text: report} = await look(
    'provider:\n  name: aws\nstages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n        accessKeyId: ${env:ID}\n        secretAccessKey: ${env:SECRET}\n',
    {env: {ID, SECRET: 's'.repeat(40)}},
  )
  expect(isUsable).toBe(true)
  expect(report).toContain('Without the service, on this machine')
})

test('a service that names nothing uses what the machine has, and fails with it', async () => {
  const service = 'provider:\n  name: aws\n'
  expect((await look(service)).isUsable).toBe(true)
  home.write('.aws/credentials', '')
  expect((await look(service)).isUsable).toBe(false)
})

test('a profile that is given by the option is what every tool is judged with, and a missing one is told how to choose', async () => {
  const given = (profile: string) => ({asked: askedBy({profile})})
  const {json} = await look('provider:\n  name: aws\n', given('work'))
  const {tools} = json as {tools: readonly {id: string; profile: string}[]}
  expect(tools.length).toBeGreaterThan(3)
  expect([...new Set(tools.map(({profile}) => profile))]).toEqual(['work'])
  const {text: report} = await look('provider:\n  name: aws\n', given('wrok'))
  expect(report).toContain('Did you mean work?')
  expect(report).toContain('`serverless-setup doctor --profile work`')
  // What is printed cures.
  expect((await look('provider:\n  name: aws\n', given('work'))).text).not.toContain('does not exist')
})

test('services that a compose file names are told one after the other, and one that fails makes it fail', async () => {
  home.write('app/serverless-compose.yml', 'services:\n  api:\n    path: api\n  web:\n    path: web\n')
  home.write('app/api/serverless.yml', 'service: api\nprovider:\n  name: aws\n  profile: gone\n')
  home.write('app/web/serverless.yml', 'service: web\nprovider:\n  name: aws\n')
  const look = async () =>
    checkup({
      env: {HOME: home.path, AWS_EC2_METADATA_DISABLED: 'true'},
      asked: {},
      folder: `${home.path}/app`,
    })
  const before = await look()
  const report = text(before.report)
  expect(report).toMatch(/api\/serverless\.yml\n✖ Stage dev +profile gone/)
  expect(report).toMatch(/web\/serverless\.yml\n✔ Stage dev +the standard chain of AWS/)
  expect(report).toContain('Serverless Framework would use the key AKIA************LTDF')
  expect(before.isUsable).toBe(false)
  expect(before.data()['services']).toMatchObject([{stages: [{stage: 'dev'}]}, {stages: [{stage: 'dev'}]}])
  home.write('app/api/serverless.yml', 'service: api\nprovider:\n  name: aws\n  profile: work\n')
  expect((await look()).isUsable).toBe(true)
})

test('.env beside a compose file counts for all of its services', async () => {
  home.write('app/serverless-compose.yml', 'services:\n  api:\n    path: api\n')
  home.write('app/api/serverless.yml', 'service: api\nprovider:\n  name: aws\n')
  home.write('app/.env', 'AWS_PROFILE=nope\n')
  const {isUsable, report, data} = await checkup({
    env: {HOME: home.path, AWS_EC2_METADATA_DISABLED: 'true'},
    asked: {},
    folder: `${home.path}/app`,
  })
  expect(isUsable).toBe(false)
  expect(text(report)).toMatch(/✖ Stage dev +the standard chain of AWS/)
  expect(text(report).replace(/\s+/g, ' ')).toContain(
    '.env sets AWS_PROFILE: Serverless Framework reads it, other tools do not.',
  )
  expect(data()['findings']).toMatchObject(
    expect.arrayContaining([expect.objectContaining({code: 'DOTENV_FAULT'})]),
  )
})
