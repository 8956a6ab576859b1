import type {
  Around,
  DashboardRolePorts,
  Org,
  Provider,
  ServiceHere,
} from '../../flows/dashboard-role/ports.js'
import {Failure} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import {problem} from './local-ports.js'
import {ssoPlanned} from './sso-ports.js'

const fail = (code: string) => async () => Promise.reject(new Failure(problem(code)))

export const service: ServiceHere = {
  name: 'shop',
  dir: '/home/ada/shop',
  file: say`serverless.yml`,
  canEdit: true,
  stage: 'dev',
  region: 'us-east-1',
  next: [say`serverless deploy`],
}
const around: Around = {
  templates: [
    {id: 'node', name: say`AWS / Node.js / Simple Function`, hint: say`One function.`},
    {id: 'http', name: say`AWS / Node.js / HTTP API`, hint: say`An HTTP API.`},
  ],
  signInFile: say`~/.serverlessrc`,
  canAskAws: true,
  canDeploy: true,
}
const orgs: readonly Org[] = [
  {orgUid: 'o1', orgName: 'acme'},
  {orgUid: 'o2', orgName: 'other'},
]
export const role: Provider = {
  providerUid: 'p1',
  alias: 'default',
  type: 'roleArn',
  detail: say`arn:aws:iam::123456789012:role/SFRole-1`,
  accountId: '123456789012',
  isDefault: false,
}
const opened = {
  url: 'https://app.serverless.com/?client=cli&transactionId=t1',
  opened: say`The page was opened.`,
}

/** A world where everything works; `changes` are the ways in which a test's world differs. */
export function goodDashboardPorts(changes: Partial<DashboardRolePorts> = {}): DashboardRolePorts {
  return {
    openPage: async () => ({opened: true}),
    lookAround: async () => ({...around, service}),
    planService: async () => ssoPlanned,
    writeService: async () => [],
    beginLogin: async () => opened,
    awaitLogin: async () => say`ada@example.com`,
    orgs: async () => orgs,
    apps: async () => ['web'],
    createApp: async () => undefined,
    planOrgApp: async () => ssoPlanned,
    writeOrgApp: async () => [],
    providers: async () => ({all: []}),
    beginRole: async () => opened,
    awaitRole: async () => role,
    stackEvents: async () => [say`CREATE_FAILED: the role exists`],
    useProvider: async () => undefined,
    ...changes,
  }
}

/** Every kind of trouble, one world each. */
export const dashboardWorlds: Readonly<Record<string, DashboardRolePorts>> = {
  good: goodDashboardPorts(),
  'empty folder, credentials here, one org, no app, late role': goodDashboardPorts({
    lookAround: async () => ({...around, local: say`profile default`, canDeploy: false}),
    openPage: async () => ({opened: false, reason: say`no display`}),
    orgs: async () => orgs.slice(0, 1),
    apps: async () => [],
    providers: async () => ({
      all: [
        {...role, isDefault: true},
        {...role, providerUid: 'p2', alias: 'prod', otherAccount: say`another account`},
      ],
    }),
    awaitRole: async () => undefined,
  }),
  'signed in, linked, not editable': goodDashboardPorts({
    lookAround: async () => ({
      ...around,
      service: {...service, canEdit: false, org: 'acme', app: 'web'},
      signedIn: say`ada@example.com`,
      canAskAws: false,
    }),
  }),
  'no organisation yet': goodDashboardPorts({orgs: async () => []}),
  'a role begun earlier is there now': goodDashboardPorts({
    providers: async () => ({all: [role], fresh: role}),
  }),
  'a role begun earlier is not there yet, and a resolver keeps it out': goodDashboardPorts({
    lookAround: async () => ({
      ...around,
      service: {...service, localInstead: say`profile prod`, next: [say`cd shop`, say`serverless deploy`]},
    }),
    providers: async () => ({
      all: [role],
      pending: {...opened, makes: say`Stack SFSetup-1a2b3c in us-east-1`},
    }),
  }),
  'all calls fail': goodDashboardPorts({
    openPage: fail('NO_BROWSER'),
    lookAround: fail('FILE_UNREADABLE'),
    planService: fail('FILE_EXISTS'),
    writeService: fail('DISK_FULL'),
    beginLogin: fail('TIMED_OUT'),
    awaitLogin: fail('CONNECTION_RESET'),
    orgs: fail('DASHBOARD_UNAVAILABLE'),
    apps: fail('DASHBOARD_UNAVAILABLE'),
    createApp: fail('DASHBOARD_REFUSED'),
    planOrgApp: fail('FILE_NOT_UNDERSTOOD'),
    writeOrgApp: fail('FILE_CHANGED'),
    providers: fail('DASHBOARD_UNAVAILABLE'),
    beginRole: fail('TIMED_OUT'),
    awaitRole: fail('DASHBOARD_UNAVAILABLE'),
    stackEvents: fail('ACCESS_DENIED'),
    useProvider: fail('DASHBOARD_UNAVAILABLE'),
  }),
}
