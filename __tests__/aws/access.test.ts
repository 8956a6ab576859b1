import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {readAccess} from '../../src/aws/access.js'
import {verifyIdentity} from '../../src/aws/identity.js'
import {networkFrom, type Network} from '../../src/aws/network.js'
import {deploymentPolicy} from '../../src/aws/policies.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
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
    expect(line('MFA')?.value).toBe('1 device')
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

  test('a user without any rights: each denial is told, none is taken for a missing right', async () => {
    practice.newUser({userName: 'nobody', policies: []})
    const {report, line} = await accessOf('nobody')
    expect(report.missing).toBeUndefined()
    for (const label of ['Policies', 'serverless deploy', 'Age of the key', 'MFA']) {
      expect(line(label)).toMatchObject({mark: 'unknown', value: 'could not be read: this key may not look'})
    }
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
})
