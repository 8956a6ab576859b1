import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {readAccess} from '../../src/aws/access.js'
import {deployFinding, endFinding} from '../../src/aws/findings.js'
import {verifyIdentity, type Identity} from '../../src/aws/identity.js'
import {networkFrom, type Network} from '../../src/aws/network.js'
import {deploymentPolicy} from '../../src/domain/policies.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import type {AccessKey} from '../../src/domain/access-key.js'
import {asKey, region, signal} from './keys.js'

let practice: Practice
let network: Network
beforeAll(async () => {
  practice = await startPractice()
  network = await networkFrom({AWS_ENDPOINT_URL: practice.url})
})
afterEach(() => practice.faults.clear())
afterAll(async () => practice.close())

const DAY_MS = 86_400_000

async function accessOf(userName: string, changes: {now?: () => number} = {}) {
  const key = asKey(practice.issueKey({userName}))
  const identity = await verifyIdentity(key, {region: region('eu-west-1'), network, signal})
  const report = await readAccess(key, identity, {
    network,
    signal,
    limits: {connectMs: 300, callMs: 800},
    ...changes,
  })
  const line = (label: string) => report.findings.find((finding) => finding.label === label)
  return {report, line}
}

describe('what a key may do', () => {
  test('an administrator may deploy; account, age and MFA are told', async () => {
    practice.newUser({userName: 'admin', policies: ['AdministratorAccess'], mfaCode: '123456'})
    const {report, line} = await accessOf('admin')
    expect(report).toMatchObject({
      accountAlias: 'practice-account',
      hasAdministratorAccess: true,
      missing: [],
      keyAgeDays: 0,
    })
    expect(line('Account')?.value).toBe('123456789012 (practice-account)')
    expect(line('Policies')).toMatchObject({mark: 'good', value: 'AdministratorAccess'})
    expect(line('serverless deploy')?.mark).toBe('good')
    expect(line('Second factor')?.value).toBe('1 device')
  })

  test('a policy of a group counts', async () => {
    practice.newUser({userName: 'grouped', policies: [], groups: {admins: ['AdministratorAccess']}})
    const {report} = await accessOf('grouped')
    expect(report).toMatchObject({hasAdministratorAccess: true, missing: []})
  })

  test('what a deploy would miss is named', async () => {
    const own = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['iam:List*', 'iam:Get*', 'iam:Simulate*', 's3:*', 'logs:*'],
          Resource: '*',
        },
      ],
    }
    practice.newUser({userName: 'reader', policies: [], inline: {own: JSON.stringify(own)}})
    const {report, line} = await accessOf('reader')
    expect(report.missing).toContain('lambda:CreateFunction')
    expect(report.missing).not.toContain('s3:PutObject')
    expect(line('serverless deploy')).toMatchObject({
      mark: 'warning',
      value: expect.stringContaining('Lambda functions'),
    })
  })

  test('a user without any rights: the denials are told as one, none is taken for a missing right', async () => {
    practice.newUser({userName: 'nobody', policies: []})
    const {report, line} = await accessOf('nobody')
    expect(report.missing).toBeUndefined()
    expect(line('Policies, serverless deploy, Age of the key, Second factor')).toEqual({
      mark: 'unknown',
      label: expect.any(String),
      value: 'could not be read: this key may not look',
    })
  })

  test('the narrower policy lets its user deploy and see itself', async () => {
    practice.newUser({
      userName: 'deployer',
      policies: [],
      inline: {narrow: JSON.stringify(deploymentPolicy('aws'))},
    })
    const {report, line} = await accessOf('deployer')
    expect(report.missing).toEqual([])
    expect(line('Policies')).toMatchObject({mark: 'fact', value: 'narrow'})
    expect(report.keyAgeDays).toBe(0)
  })

  test('a key older than 90 days is a warning', async () => {
    practice.newUser({userName: 'old', policies: ['AdministratorAccess']})
    const {line} = await accessOf('old', {now: () => Date.now() + 100 * DAY_MS})
    expect(line('Age of the key')).toMatchObject({mark: 'warning', value: '100 days'})
  })

  test('IAM that is silent or broken spoils nothing and is bounded', async () => {
    practice.newUser({userName: 'patient', policies: ['AdministratorAccess']})
    for (const kind of ['silence', 'html', 'reset', 'server-error'] as const) {
      practice.faults.add({kind, action: 'iam:*'})
      const {report, line} = await accessOf(`patient-${kind}`)
      expect(line('Account')?.value).toBe('123456789012')
      expect(report.missing).toBeUndefined()
      practice.faults.clear()
    }
  })

  test('a policy that only has the name of AdministratorAccess is no such thing', async () => {
    const nothing = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 'iam:*', Resource: '*'}]}
    practice.newUser({
      userName: 'pretender',
      policies: [],
      inline: {AdministratorAccess: JSON.stringify(nothing)},
    })
    const {report, line} = await accessOf('pretender')
    expect(report.hasAdministratorAccess).toBe(false)
    expect(line('Policies')).toMatchObject({mark: 'fact', value: 'AdministratorAccess'})
    expect(line('serverless deploy')).toMatchObject({
      mark: 'warning',
      note: expect.stringMatching(
        /^cloudformation:CreateStack, .* and \d+ more\. Rights for certain names only/,
      ),
    })
  })

  test('policies that can be read in part are not taken for all', async () => {
    practice.newUser({userName: 'half', policies: [], groups: {some: ['AdministratorAccess']}})
    practice.faults.add({kind: 'access-denied', action: 'iam:ListGroupsForUser'})
    const {report, line} = await accessOf('half')
    expect(report.hasAdministratorAccess).toBeUndefined()
    expect(line('Policies')).toMatchObject({
      mark: 'unknown',
      value: 'none attached',
      note: 'Those of groups, or inline ones, could not all be read.',
    })
  })

  test('two keys leave no place for a third', async () => {
    practice.newUser({userName: 'full', policies: ['AdministratorAccess']})
    practice.issueKey({userName: 'full'})
    const {line} = await accessOf('full')
    expect(line('Age of the key')?.note).toBe('The user has 2 keys, the most AWS allows.')
  })

  test('the root user is a warning of its own, and nothing is asked that only users have', async () => {
    practice.log.clear()
    const key = asKey(practice.issueRootKey())
    const identity = await verifyIdentity(key, {region: region('eu-west-1'), network, signal})
    const {findings} = await readAccess(key, identity, {network, signal})
    expect(findings).toContainEqual({
      mark: 'bad',
      label: 'Root user',
      value: 'can do everything; no policy limits it',
    })
    expect(practice.log.entries.map(({action}) => action)).toEqual([
      'GetCallerIdentity',
      'ListAccountAliases',
    ])
  })

  test('a clock that is a little off is noted', async () => {
    practice.newUser({userName: 'late', policies: ['AdministratorAccess']})
    practice.faults.add({kind: 'clock-skew', ms: -120_000, action: 'sts:*'})
    const {line} = await accessOf('late')
    expect(line('Clock')).toMatchObject({
      mark: 'warning',
      value: expect.stringMatching(/^1(19|2[01]) s ahead of AWS$/),
    })
  })
})

describe('a role', () => {
  /** Speaks of one role with a path, as IAM does; the embedded AWS simulates users only. */
  async function iamWithRole(allowed: (action: string) => boolean) {
    const asked: URLSearchParams[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const form = new URLSearchParams(body)
        asked.push(form)
        const action = form.get('Action') ?? ''
        const actions = [...form].flatMap(([name, value]) => (name.startsWith('ActionNames.') ? [value] : []))
        const results = {
          GetRole: '<Role><Arn>arn:aws:iam::123456789012:role/team/deployer</Arn></Role>',
          ListAccountAliases: '<AccountAliases/>',
          SimulatePrincipalPolicy: `<EvaluationResults>${actions
            .map(
              (name) =>
                `<member><EvalActionName>${name}</EvalActionName><EvalDecision>${allowed(name) ? 'allowed' : 'implicitDeny'}</EvalDecision></member>`,
            )
            .join('')}</EvaluationResults>`,
        }[action]
        response.setHeader('Content-Type', 'text/xml')
        response.end(
          `<${action}Response><${action}Result>${results ?? ''}</${action}Result></${action}Response>`,
        )
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as AddressInfo
    return {asked, url: `http://127.0.0.1:${port}`, close: () => server.close()}
  }

  const identity: Identity = {
    accountId: '123456789012',
    arn: 'arn:aws:sts::123456789012:assumed-role/deployer/ada',
    userId: 'AROAEXAMPLE:ada',
    partition: 'aws',
    region: region('eu-west-1'),
    kind: 'assumed-role',
    clockSkewSeconds: 0,
  }

  test('is simulated by its own ARN, path included, and roles are passed to Lambda', async () => {
    const iam = await iamWithRole((action) => action !== 'iam:PassRole')
    const key = asKey({
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'x'.repeat(40),
      sessionToken: 'token',
    })
    const report = await readAccess(key, identity, {
      network: await networkFrom({AWS_ENDPOINT_URL: iam.url}),
      signal,
    })
    iam.close()
    expect(report.missing).toEqual(['iam:PassRole'])
    const simulated = iam.asked.filter((form) => form.get('Action') === 'SimulatePrincipalPolicy')
    expect(simulated.map((form) => form.get('PolicySourceArn'))).toEqual(
      simulated.map(() => 'arn:aws:iam::123456789012:role/team/deployer'),
    )
    expect(simulated[0]?.get('ContextEntries.member.1.ContextKeyName')).toBe('iam:PassedToService')
    expect(report.findings.map(({label}) => label)).toEqual([
      'Account',
      'Signs in as',
      'Kind',
      'Valid for',
      'serverless deploy',
    ])
  })

  test('that may not look at itself is unknown, not missing rights', async () => {
    const key = asKey(practice.issueKey({userName: 'stands-in'}))
    practice.faults.add({kind: 'access-denied', action: 'iam:GetRole'})
    const {missing, findings} = await readAccess(key, identity, {network, signal})
    expect(missing).toBeUndefined()
    expect(findings.find(({label}) => label === 'serverless deploy')?.mark).toBe('unknown')
  })
})

test('a key that begins with ASIA is told to end, a lasting one is not', async () => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  const ends = (accessKeyId: string, expiresAt?: number) =>
    endFinding({accessKeyId, ...(expiresAt === undefined ? {} : {expiresAt})} as AccessKey, now)
  expect(ends('AKIAQ7WERTYUIOPLKJH2')).toEqual([])
  expect(ends('ASIAQ7WERTYUIOPLKJH2')).toMatchObject([{mark: 'warning', label: 'Valid for'}])
  expect(ends('ASIAQ7WERTYUIOPLKJH2', now + 55 * 60_000)[0]?.value).toMatch(
    /^55 min, until Sun Mar 01 2026 \d\d:\d\d local time: it is temporary$/,
  )
  expect(ends('ASIAQ7WERTYUIOPLKJH2', now - 3_600_000)[0]?.value).toBe('no time: it ended 1 h ago')
})

describe('rights that are missing', () => {
  const identity = {kind: 'user', userName: 'ada', partition: 'aws'} as Identity
  const network: Network = {endpoints: {}, proxyFor: () => undefined}

  test('in practice lead to no page of the real AWS', () => {
    const practising = {...network, isPractice: true}
    const {note} = deployFinding({value: ['s3:CreateBucket']}, false, identity, practising)
    expect(note).not.toContain('https://')
  })

  test('are told with the page where they can be given', () => {
    const {note} = deployFinding({value: ['s3:CreateBucket']}, false, identity, network)
    expect(note).toContain('https://console.aws.amazon.com/iam/home?#/users/details/ada')
    const china = {...identity, partition: 'aws-cn'} as Identity
    const {note: inChina} = deployFinding({value: ['s3:CreateBucket']}, false, china, network)
    expect(inChina).toContain('https://console.amazonaws.cn/iam/')
  })

  test('of a role are asked for where the role comes from', () => {
    const {note} = deployFinding(
      {value: ['s3:CreateBucket']},
      false,
      {...identity, kind: 'assumed-role'},
      network,
    )
    expect(note).toContain('Ask whoever gives you this role')
  })
})
