/** What AWS says of the stages of a service: the doctor and the list of resolvers ask about the same, and say the same. */
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {panelLines} from '../../components/panel-lines.js'
import type {Panel, WorkContext} from '../../src/engine/types.js'
import {awsFiles} from '../../src/files/locations.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {checkup} from '../../src/adapters/checkup.js'
import {survey} from '../../src/adapters/survey.js'
import {resolversPorts} from '../../src/adapters/resolvers.js'
import {homeSandbox, type Home} from '../support/home.js'

let practice: Practice
let home: Home
let env: Record<string, string>
beforeEach(async () => {
  practice = await startPractice()
  home = homeSandbox({env: {AWS_ENDPOINT_URL: practice.url, AWS_EC2_METADATA_DISABLED: 'true'}})
  env = home.env
})
afterEach(async () => {
  home.remove()
  await practice.close()
})

const context = (): WorkContext => ({signal: new AbortController().signal, report: () => undefined})
const ACCOUNT = '123456789012'
const keyOf = (userName: string) => {
  const {accessKeyId, secretAccessKey} = practice.issueKey({userName})
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
}
const resolver = (stage: string, inside: string) =>
  `  ${stage}:\n    resolvers:\n      acme:\n        type: aws\n${inside.replace(/^/gm, '        ')}\n`
const service = (...stages: readonly string[]) =>
  `service: shop\nprovider:\n  name: aws\n  resolver: acme\nstages:\n${stages.join('')}`

const text = (panels: readonly Panel[]) =>
  panelLines(panels, 100)
    .map((line) => line.map(({text: words}) => words).join(''))
    .join('\n')

/** Both, of the same folder. */
async function both(yaml: string, more: NodeJS.ProcessEnv = {}) {
  home.write('app/serverless.yml', yaml)
  const [around, folder] = [{...env, ...more}, `${home.path}/app`]
  const doctor = await checkup({env: around, asked: {}, folder}, context())
  const wiring = {
    env: around,
    files: awsFiles(around),
    folder,
    stage: undefined,
    profile: undefined,
    region: undefined,
  }
  const [view] = await resolversPorts(wiring).readServices({verify: true}, context())
  const findings = (of: unknown) => (of as {findings: {code: string}[]}).findings.map(({code}) => code)
  const [ofDoctor, ofList] = [doctor.data()['service'], view!.data()]
  expect(findings(ofDoctor)).toEqual(findings(ofList))
  expect((ofDoctor as {stages: unknown}).stages).toEqual((ofList as {stages: unknown}).stages)
  const overview = text(view!.overview)
  expect(text(doctor.report)).toContain(overview)
  // Asked with --verify, the list fails where the doctor does.
  expect(view!.hasErrors).toBe(!doctor.isUsable)
  return {overview, codes: findings(ofList), isUsable: doctor.isUsable, hasErrors: view!.hasErrors}
}

describe('stages that lead to one account', () => {
  test('by profiles of other names', async () => {
    home.write('.aws/credentials', `[dev]\n${keyOf('ada')}[prod]\n${keyOf('bob')}`)
    const {overview, codes, isUsable} = await both(
      service(resolver('dev', 'profile: dev'), resolver('prod', 'profile: prod')),
    )
    expect(overview).toMatch(
      /^✔ Stage dev +profile dev of the resolver acme \(account 123456789012\), us-east-1$/m,
    )
    expect(overview.replace(/\s+/g, ' ')).toContain(`The stages dev, prod lead to one account, ${ACCOUNT}.`)
    expect(codes).toEqual(['SAME_ACCOUNT'])
    expect(isUsable).toBe(true)
  })

  test('by one name in two places, as copying leaves it', async () => {
    home.write('.aws/credentials', `[work]\n${keyOf('ada')}`)
    const {codes} = await both(service(resolver('dev', 'profile: work'), resolver('prod', 'profile: work')))
    expect(codes).toEqual(['SAME_ACCOUNT'])
  })

  test('by the chain of AWS and by keys that variables hold', async () => {
    const [ada, bob] = [practice.issueKey({userName: 'ada'}), practice.issueKey({userName: 'bob'})]
    const keys = 'accessKeyId: ${env:PROD_ID}\nsecretAccessKey: ${env:PROD_SECRET}'
    const {overview, codes} = await both(
      service(resolver('dev', 'dashboard: false'), resolver('prod', keys)),
      {
        AWS_ACCESS_KEY_ID: ada.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ada.secretAccessKey,
        PROD_ID: bob.accessKeyId,
        PROD_SECRET: bob.secretAccessKey,
      },
    )
    expect(codes).toEqual(['SAME_ACCOUNT'])
    expect(overview).toMatch(/^✔ Stage dev +the standard chain of AWS \(account 123456789012\)/m)
    expect(overview).toMatch(/^✔ Stage prod +the key .* \(account 123456789012\)/m)
  })

  test('by one line for all of them', async () => {
    home.write('.aws/credentials', `[work]\n${keyOf('ada')}`)
    const params = (stage: string) => `  ${stage}:\n    params:\n      a: b\n`
    const {overview, codes} = await both(
      `service: shop\nprovider:\n  name: aws\n  profile: work\nstages:\n${params('dev')}${params('prod')}`,
    )
    expect(overview).toMatch(/^✔ Stage prod +profile work \(account 123456789012\)/m)
    expect(codes).toEqual(['SAME_ACCOUNT'])
  })

  test('by what the container gives, and a profile', async () => {
    practice.issueKey({userName: 'ada'})
    const {accessKeyId, secretAccessKey, sessionToken} = practice.issueSession({of: 'ada'})
    const given = {AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken}
    const Expiration = new Date(Date.now() + 3_600_000).toISOString()
    const container = createServer((_, response) => response.end(JSON.stringify({...given, Expiration})))
    await new Promise<void>((resolve) => container.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(container.address() as AddressInfo).port}/creds`
    home.write('.aws/credentials', `[work]\n${keyOf('bob')}`)
    const yaml = service(resolver('dev', 'dashboard: false'), resolver('prod', 'profile: work'))
    const {overview, codes} = await both(yaml, {AWS_CONTAINER_CREDENTIALS_FULL_URI: url})
    container.close()
    expect(overview).toMatch(/^✔ Stage dev +the standard chain of AWS \(account 123456789012\)/m)
    expect(codes).toEqual(['SAME_ACCOUNT'])
    const gone = await both(yaml, {AWS_CONTAINER_CREDENTIALS_FULL_URI: url})
    expect(gone.overview).toMatch(/^✖ Stage dev /m)
    expect(gone).toMatchObject({codes: ['CREDENTIALS_REFUSED'], isUsable: false, hasErrors: true})
  })

  test('not told where there is one stage', async () => {
    home.write('.aws/credentials', `[work]\n${keyOf('ada')}`)
    const {overview, codes} = await both('service: shop\nprovider:\n  name: aws\n  profile: work\n')
    expect(overview).toMatch(/^✔ Stage dev +profile work \(account 123456789012\), us-east-1$/m)
    expect(codes).toEqual([])
  })
})

describe('what AWS refuses', () => {
  test('a key of another partition than the region', async () => {
    home.write('.aws/credentials', `[work]\n${keyOf('ada')}`)
    const {overview, codes, isUsable} = await both(
      'service: shop\nprovider:\n  name: aws\n  profile: work\n  region: us-gov-west-1\n',
    )
    expect(overview).toMatch(/^✖ Stage dev /m)
    expect(overview.replace(/\s+/g, ' ')).toContain(
      'This key belongs to the commercial AWS regions, and us-gov-west-1 does not.',
    )
    expect({codes, isUsable}).toEqual({codes: ['CREDENTIALS_REFUSED'], isUsable: false})
  })

  test('keys that variables hold', async () => {
    const keys = 'accessKeyId: ${env:PROD_ID}\nsecretAccessKey: ${env:PROD_SECRET}'
    const {overview, codes, isUsable} = await both(service(resolver('dev', keys)), {
      PROD_ID: practice.issueKey({userName: 'ada'}).accessKeyId,
      PROD_SECRET: 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr',
    })
    expect(overview).toMatch(/^✖ Stage dev /m)
    expect(overview).not.toContain('account')
    expect(codes).toEqual(['CREDENTIALS_REFUSED'])
    expect(overview.replace(/\s+/g, ' ')).toContain('the secret does not belong to it')
    expect(isUsable).toBe(false)
  })

  test.each([
    ['InvalidIdentityToken', 'No OpenIDConnect provider found in your account'],
    ['ExpiredTokenException', 'Token expired: current date/time 1 must be before the expiration 0'],
    ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'],
    ['ValidationError', 'Value at webIdentityToken has less than 4 characters'],
  ])('a token of a web identity (%s) is told as one, and speaks of no key', async (Code, Message) => {
    const sts = createServer((_, response) => {
      response.writeHead(Code === 'AccessDenied' ? 403 : 400, {'content-type': 'text/xml'})
      response.end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${Code}</Code><Message>${Message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
      )
    })
    await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve))
    home.write('token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjaSJ9.x')
    const {overview, codes, isUsable} = await both('service: shop\nprovider:\n  name: aws\n', {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
      AWS_WEB_IDENTITY_TOKEN_FILE: `${home.path}/token`,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci',
    })
    sts.close()
    expect({codes, isUsable}).toEqual({codes: ['CREDENTIALS_REFUSED'], isUsable: false})
    const said = overview.replace(/\s+/g, ' ')
    expect(said).toContain(Message)
    expect(said).toContain('token of the web identity')
    expect(said).not.toMatch(/AWS knows the key|access key|this user|AWS was not asked/)
  })

  test('a key whose time is over is told the same by both', async () => {
    practice.issueKey({userName: 'ada'})
    const {accessKeyId, secretAccessKey, sessionToken} = practice.issueSession({of: 'ada', seconds: -60})
    home.write(
      '.aws/credentials',
      `[dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\naws_expiration = 2020-01-01T00:00:00Z\n[prod]\n${keyOf('bob')}`,
    )
    const {overview, codes, isUsable} = await both(
      service(resolver('dev', 'profile: dev'), resolver('prod', 'profile: prod')),
    )
    expect(overview).toMatch(/^✖ Stage dev +profile dev of the resolver acme, us-east-1$/m)
    expect(overview).toContain('profile dev (expired)')
    expect(codes).toEqual(['PROFILE_EXPIRED'])
    expect(isUsable).toBe(false)
  })
})

test('where AWS cannot be asked, no stage is told to work', async () => {
  home.write('.aws/credentials', `[work]\n${keyOf('ada')}`)
  const {overview, codes, isUsable} = await both('service: shop\nprovider:\n  name: aws\n  profile: work\n', {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  })
  expect(overview).toMatch(/^\? Stage dev +profile work/m)
  expect(overview).toContain('It is not known whether this works')
  expect(overview).toContain('No mistake was found in what is known here')
  expect({codes, isUsable}).toEqual({codes: [], isUsable: true})
})

test('a stage that reads variables with what gives nothing stops, and is told so', async () => {
  home.write('.aws/credentials', `[work]\n${keyOf('ada')}`)
  const {overview, isUsable} = await both(
    'service: shop\nprovider:\n  name: aws\n  profile: work\ncustom:\n  id: ${v:accountId}\nstages:\n  default:\n    resolvers:\n      v:\n        type: aws\n        accessKeyId: ${env:NOPE_ID}\n        secretAccessKey: ${env:NOPE_SECRET}\n',
  )
  expect(overview).toMatch(/^✖ Stage dev /m)
  expect(overview.replace(/\s+/g, ' ')).toContain(
    'Variables are read with the resolver v before that: nothing here: NOPE_ID is not set in this shell',
  )
  expect(isUsable).toBe(false)
  const {inForce} = await survey(env, `${home.path}/app`)
  expect(inForce?.problem?.why).toContain('Variables are read with the resolver v before that')
})

test('a stage whose own key is fine stops where its region does not exist', async () => {
  const {accessKeyId, secretAccessKey} = practice.issueKey({userName: 'ada'})
  const keys = 'accessKeyId: ${env:ID}\nsecretAccessKey: ${env:SECRET}\nregion: eu-wst-1'
  const {overview, isUsable} = await both(service(resolver('dev', keys)), {
    ID: accessKeyId,
    SECRET: secretAccessKey,
  })
  expect(overview).toMatch(/^✖ Stage dev /m)
  expect(overview.replace(/\s+/g, ' ')).toContain('The region "eu-wst-1" (the resolver acme) does not exist.')
  expect(isUsable).toBe(false)
})

test('a stage that .env of its own sends to no profile says which file and why', async () => {
  home.write('.aws/credentials', `[default]\n${keyOf('ada')}`)
  home.write('app/.env.prod', 'AWS_PROFILE=nope\n')
  const params = (stage: string) => `  ${stage}:\n    params:\n      a: b\n`
  const {overview} = await both(
    `service: shop\nprovider:\n  name: aws\nstages:\n${params('dev')}${params('prod')}`,
  )
  expect(overview).toMatch(/^✔ Stage dev /m)
  expect(overview.replace(/\s+/g, ' ')).toMatch(
    /AWS_PROFILE=nope names a profile that is in neither file\. \(\S*app\/\.env\.prod sets AWS_PROFILE\)/,
  )
})
