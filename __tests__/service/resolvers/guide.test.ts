/** The examples of the Serverless Framework's guide on credentials, explained rule by rule. */
import {describe, expect, test} from '@jest/globals'
import {parseText} from '../../../src/service/document.js'
import {explainStage} from '../../../src/service/resolvers/explain.js'
import {readModel} from '../../../src/service/resolvers/model.js'
import type {World} from '../../../src/service/resolvers/world.js'

const ALONE: World = {env: {}}
const explain = (text: string, stage = 'dev', world: World = ALONE) =>
  explainStage(readModel(parseText(text, 'yml', '/s/serverless.yml')), stage, world)

const ONE = `stages:
  default:
    resolvers:
      aws-account-1:
        type: aws
        profile: account1-profile-name
        region: us-west-2
`

const TWO = `service: my-service

stages:
  default:
    resolvers:
      shared-account:
        type: aws
        region: us-east-1
        accessKeyId: \${env:SHARED_ACCOUNT_AWS_ACCESS_KEY_ID}
        secretAccessKey: \${env:SHARED_ACCOUNT_AWS_SECRET_ACCESS_KEY}
      project-specific-account:
        type: aws
        region: us-west-2
        profile: project-specific-profile

provider:
  name: aws
  resolver: project-specific-account

functions:
  hello:
    handler: handler.hello
    environment:
      ACCOUNT_ID: \${project-specific-account:accountId}
      SHARED_VAR: \${shared-account:someSsmVariable}
`

const DASHBOARD = `service: my-service
org: my-org
app: my-app

stages:
  default:
    resolvers:
      local-profile-account:
        type: aws
        dashboard: false
        region: us-west-2
        profile: project-specific-profile
      dashboard-provider-account:
        type: aws

provider:
  name: aws
  resolver: local-profile-account
`

const SIGNED_IN: World = {env: {}, dashboard: {signedIn: true, hasProvider: true}}

describe('one resolver', () => {
  test('deploys every stage with its profile, in its region', () => {
    for (const stage of ['dev', 'prod'])
      expect(explain(ONE, stage).deploys).toEqual({
        by: 'profile',
        resolver: 'aws-account-1',
        profile: 'account1-profile-name',
        profileName: 'account1-profile-name',
        region: {value: 'us-west-2', from: 'the resolver aws-account-1', line: 7},
      })
  })

  test('says why, with lines', () => {
    expect(explain(ONE).reasons).toEqual([
      {text: 'aws-account-1 is the only resolver of AWS, so it deploys.', line: 4},
      {text: 'The resolver aws-account-1 names the profile account1-profile-name.', line: 6},
    ])
  })

  test('provider.profile takes precedence over it', () => {
    const {deploys, reasons} = explain(`${ONE}provider: {name: aws, profile: mine}\n`)
    expect(deploys).toMatchObject({by: 'profile', profile: 'mine', region: {value: 'us-east-1'}})
    expect(deploys.resolver).toBeUndefined()
    expect(reasons.at(-1)).toEqual({
      text: 'For the deployment, aws-account-1 is ignored: provider.profile wins.',
      line: 4,
    })
  })
})

describe('several resolvers', () => {
  test('provider.resolver says which one deploys', () => {
    expect(explain(TWO).deploys).toMatchObject({
      by: 'profile',
      resolver: 'project-specific-account',
      profile: 'project-specific-profile',
      region: {value: 'us-west-2', line: 13},
    })
  })

  test('each reads variables with its own credentials', () => {
    expect(explain(TWO).resolves).toMatchObject([
      {
        name: 'shared-account',
        by: 'keys',
        keys: '${env:SHARED_ACCOUNT_AWS_ACCESS_KEY_ID}',
        used: [{key: 'someSsmVariable', kind: 'ssm', line: 25}],
      },
      {
        name: 'project-specific-account',
        by: 'profile',
        used: [{key: 'accountId', kind: 'accountId', line: 24}],
      },
    ])
  })

  test('without provider.resolver it is an error, in the words of the Framework', () => {
    expect(explain(TWO.replace('  resolver: project-specific-account\n', '')).deploys).toMatchObject({
      by: 'error',
      error: {
        text: 'Multiple resolvers with type "aws" found. Please specify the credential provider to use for deployment in the provider.resolver key.',
        isExact: true,
        line: 11,
      },
    })
  })

  test('provider.profile beside provider.resolver is an error', () => {
    expect(explain(TWO.replace('  name: aws\n', '  name: aws\n  profile: mine\n')).deploys.error).toEqual({
      text: 'The provider.profile and provider.resolver cannot be set at the same time',
      isExact: true,
      line: 19,
    })
  })

  test('with provider.profile the guide promises an error, and the Framework gives none', () => {
    const verdict = explain(TWO.replace('resolver: project-specific-account', 'profile: mine'))
    expect(verdict.deploys).toMatchObject({by: 'profile', profile: 'mine'})
    expect(verdict.reasons.at(-1)?.text).toContain('The guide promises an error')
  })
})

describe('a Provider of the Dashboard', () => {
  test('dashboard: false keeps it away', () => {
    expect(explain(DASHBOARD, 'dev', SIGNED_IN).deploys).toMatchObject({
      by: 'profile',
      profile: 'project-specific-profile',
    })
  })

  test('wins where nothing turns it off', () => {
    const [local, dashboard] = explain(DASHBOARD, 'dev', SIGNED_IN).resolves
    expect(local).toMatchObject({name: 'local-profile-account', by: 'profile'})
    expect(dashboard).toMatchObject({name: 'dashboard-provider-account', by: 'dashboard'})
  })

  test('wins even over a profile and keys in the resolver', () => {
    const text = DASHBOARD.replace('        dashboard: false\n', '')
    expect(explain(text, 'dev', SIGNED_IN).deploys.by).toBe('dashboard')
    expect(explain(text, 'dev', {env: {}, dashboard: {signedIn: false}}).deploys.by).toBe('profile')
    expect(explain(text.replace('org: my-org\n', ''), 'dev', SIGNED_IN).deploys.by).toBe('profile')
  })
})

test('${aws:…} is read with the credentials of the deployment, unless a resolver is called aws', () => {
  const text = `${ONE}custom: "\${aws:accountId}"\n`
  expect(explain(text).resolves).toMatchObject([
    {name: 'aws-account-1', used: []},
    {name: 'aws', by: 'profile', profile: 'account1-profile-name', used: [{line: 8}]},
  ])
  const own = explain(text.replace('aws-account-1', 'aws')).resolves
  expect(own).toMatchObject([{name: 'aws', used: [{line: 8}]}])
  expect(own).toHaveLength(1)
})
