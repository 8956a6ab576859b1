/** The page on which AWS makes the role, and the wait for the Provider. */
import {describe, expect, test} from '@jest/globals'
import type {DashboardProvider} from '../../src/dashboard/client.js'
import {dashboardEndpoints} from '../../src/dashboard/endpoints.js'
import {awaitProvider, newRole, quickCreateUrl} from '../../src/dashboard/role.js'
import {checkPage} from '../../src/adapters/page-address.js'
import {Failure} from '../../src/domain/problem.js'
import {problem} from '../support/local-ports.js'
import {problemOf} from './support.js'

const provider = (providerUid: string, alias = 'x'): DashboardProvider => ({
  providerUid,
  alias,
  type: 'roleArn',
  detail: 'arn:aws:iam::123456789012:role/r',
  accountId: '123456789012',
  isDefault: false,
})

describe('the page', () => {
  const role = {...newRole('org1', [], 0), id: '1a2b3c'}

  test('is the quick-create page of CloudFormation, filled in', () => {
    expect(quickCreateUrl(role, dashboardEndpoints({}))).toBe(
      'https://console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/quickcreate?templateURL=https%3A%2F%2Fserverless-framework-template.s3.amazonaws.com%2FroleTemplate.yml&stackName=SFSetup-1a2b3c&param_Alias=default&param_RoleName=SFRole-1a2b3c&param_OrgUid=org1',
    )
  })

  test('and that of the sign-in may be opened; no other address may', () => {
    expect(checkPage(quickCreateUrl(role, dashboardEndpoints({})))).toHaveProperty('url')
    expect(checkPage(`${dashboardEndpoints({}).frontend}/?client=cli&transactionId=t`)).toHaveProperty('url')
    expect(checkPage('https://app.serverless.com.example.com/?client=cli')).toHaveProperty('refused')
  })

  test('an organisation cannot break out of its place', () => {
    const url = quickCreateUrl({...role, orgUid: 'a&param_RoleName=evil#'}, dashboardEndpoints({}))
    expect(url.endsWith('param_OrgUid=a%26param_RoleName%3Devil%23')).toBe(true)
  })

  test('the alias is the usual one unless it is taken', () => {
    expect(newRole('o', [provider('p', 'main')], 0)).toMatchObject({alias: 'default', known: ['p']})
    const taken = newRole('o', [provider('p', 'default')], 0)
    expect(taken.alias).toBe(`SFSetup-${taken.id}`)
    expect(taken.id).toMatch(/^[0-9a-f]{6}$/)
  })
})

describe('the wait', () => {
  const waiting = (changes: object = {}) => ({
    signal: new AbortController().signal,
    withinMs: 5_000,
    pollMs: 1,
    report: () => undefined,
    ...changes,
  })

  test('ends with the Provider that was not there before, whatever it is called', async () => {
    const answers = [[provider('old', 'default')], [provider('old', 'default'), provider('new', 'default')]]
    const found = await awaitProvider(async () => answers.shift() ?? [], {known: ['old']}, waiting())
    expect(found?.providerUid).toBe('new')
  })

  test('goes on over faults that pass, and says so', async () => {
    const notes: string[] = []
    let turn = 0
    const list = async () => {
      turn += 1
      if (turn < 3) throw new Failure(problem('DASHBOARD_DOWN'))
      return [provider('new')]
    }
    const report = (note: string) => notes.push(note)
    expect(await awaitProvider(list, {known: []}, waiting({report}))).toMatchObject({providerUid: 'new'})
    expect(notes).toEqual(Array(2).fill('the Dashboard cannot be asked right now; going on'))
  })

  test.each(['DASHBOARD_SIGNED_OUT', 'DASHBOARD_FORBIDDEN', 'CANCELLED'])(
    'ends with what waiting does not mend: %s',
    async (code) => {
      const list = async () => Promise.reject(new Failure(problem(code)))
      expect((await problemOf(awaitProvider(list, {known: []}, waiting()))).code).toBe(code)
    },
  )

  test('gives up when its time is over, and ends at once when the person leaves', async () => {
    expect(await awaitProvider(async () => [], {known: []}, waiting({withinMs: 0}))).toBeUndefined()
    const abort = new AbortController()
    const list = async () => {
      abort.abort()
      return []
    }
    const left = awaitProvider(list, {known: []}, waiting({signal: abort.signal, pollMs: 4_000}))
    expect((await problemOf(left)).code).toBe('CANCELLED')
  })
})
