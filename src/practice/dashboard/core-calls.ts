/** The core interface: the person, organisations, apps, access keys and refreshing of tokens. */
import {textOf, type Asked, type Call} from './call.js'
import {DashboardError} from './dashboard-error.js'
import {PERSON} from './dashboard-sessions.js'
import type {DashboardApp, DashboardOrg} from './state.js'

/** The rule of the Framework for the name of an app. */
const APP_NAME = /^[a-z0-9](?:[a-z0-9-]{0,126}[a-z0-9])?$/

export const coreCalls: readonly Call[] = [
  {
    method: 'POST',
    path: /^\/core\/tokens\/refresh$/,
    name: 'Refresh',
    isOpen: true,
    answer: ({state, body}) => state.sessions.refresh(textOf(body, 'refreshToken')),
  },
  {
    method: 'GET',
    path: /^\/core\/me$/,
    name: 'GetMe',
    answer: () => PERSON,
  },
  {
    method: 'GET',
    path: /^\/core\/tenants$/,
    name: 'ListOrgs',
    answer: ({state, caller, query}) => {
      const userName = query.get('userName')
      if (userName !== null && userName !== PERSON.userName) return []
      return [...state.orgs.values()]
        .filter(({orgName}) => caller.orgName === undefined || caller.orgName === orgName)
        .map(orgOf)
    },
  },
  {
    method: 'GET',
    path: /^\/core\/tenants\/accessKey\/meta$/,
    name: 'GetAccessKeyMeta',
    answer: ({state, caller}) => {
      if (caller.orgName === undefined) throw new DashboardError(400, 'This is not an access key')
      const {orgName, orgUid} = state.orgByName(caller.orgName)
      return {result: {orgName, orgUid, userName: PERSON.userName, userUid: PERSON.userUid}}
    },
  },
  {
    method: 'GET',
    path: /^\/core\/tenants\/([^/]+)$/,
    name: 'GetOrg',
    answer: (asked) => orgOf(namedOrg(asked)),
  },
  {
    method: 'POST',
    path: /^\/core\/tenants\/([^/]+)\/accessKeys$/,
    name: 'CreateAccessKey',
    answer: (asked) => ({
      secretAccessKey: asked.state.sessions.newAccessKey(namedOrg(asked).orgName),
      userUid: PERSON.userUid,
    }),
  },
  {
    method: 'GET',
    path: /^\/core\/tenants\/([^/]+)\/applications$/,
    name: 'ListApps',
    answer: (asked) => {
      const org = namedOrg(asked)
      return [...org.apps.values()].map((app) => appOf(org, app))
    },
  },
  {
    method: 'POST',
    path: /^\/core\/tenants\/([^/]+)\/applications$/,
    name: 'CreateApp',
    answer: (asked) => {
      const org = namedOrg(asked)
      const appName = textOf(asked.body, 'appName', 128)
      if (!APP_NAME.test(appName)) throw new DashboardError(400, 'The app name is not valid')
      return appOf(org, asked.state.addApp(org, appName))
    },
  },
  {
    method: 'GET',
    path: /^\/core\/tenants\/([^/]+)\/applications\/([^/]+)$/,
    name: 'GetApp',
    answer: (asked) => {
      const org = namedOrg(asked)
      const app = org.apps.get(asked.parts[1]!)
      if (app === undefined) throw new DashboardError(404, 'The app was not found')
      return appOf(org, app)
    },
  },
]

function namedOrg({state, caller, parts}: Asked): DashboardOrg {
  return permitted(caller.orgName, state.orgByName(parts[0]!))
}

/** A key of one organisation opens no other. @throws DashboardError 403 */
export function permitted(keyOf: string | undefined, org: DashboardOrg): DashboardOrg {
  if (keyOf !== undefined && keyOf !== org.orgName) throw new DashboardError(403, 'Forbidden')
  return org
}

/** Under the old and the new names, for clients read either. */
function orgOf({orgUid, orgName, role, createdAt}: DashboardOrg) {
  return {
    orgUid,
    orgName,
    tenantUid: orgUid,
    tenantName: orgName,
    role,
    ownerUserName: PERSON.userName,
    createdAt: new Date(createdAt).toISOString(),
  }
}

function appOf({orgUid}: DashboardOrg, {appUid, appName}: DashboardApp) {
  return {appUid, appName, orgUid, tenantUid: orgUid, services: []}
}
