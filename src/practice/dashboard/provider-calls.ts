/** The interface of Providers: which AWS accounts an organisation can deploy to, and which service uses which. */
import {textOf, type Asked, type Call} from './call.js'
import {permitted} from './core-calls.js'
import {DashboardError} from './dashboard-error.js'
import type {DashboardOrg} from './state.js'

const ROLE_ARN = /^arn:[a-z-]+:iam::[0-9]{12}:role\/\S{1,512}$/
const ACCESS_KEY_ID = /^AKIA[A-Z2-7]{16}$/
const MAX_LINKS = 500

export const providerCalls: readonly Call[] = [
  {
    method: 'GET',
    path: /^\/providers$/,
    name: 'ListProviderKinds',
    answer: () => ({result: [{providerName: 'aws', providerTypes: ['roleArn', 'accessKey']}]}),
  },
  {
    method: 'GET',
    path: /^\/orgs\/([^/]+)\/providers$/,
    name: 'ListProviders',
    answer: (asked) => ({result: [...org(asked).providers.values()]}),
  },
  {
    method: 'POST',
    path: /^\/orgs\/([^/]+)\/providers$/,
    name: 'CreateProvider',
    answer: create,
  },
  {
    method: 'DELETE',
    path: /^\/orgs\/([^/]+)\/providers\/([^/]+)$/,
    name: 'DeleteProvider',
    answer: (asked) => {
      const within = org(asked)
      const {providerUid} = asked.state.provider(within, asked.parts[1]!)
      within.providers.delete(providerUid)
      for (const [link, uid] of within.links) if (uid === providerUid) within.links.delete(link)
      return {}
    },
  },
  {
    method: 'POST',
    path: /^\/orgs\/([^/]+)\/providers\/([^/]+)\/set-default\/?$/,
    name: 'SetDefaultProvider',
    answer: (asked) =>
      asked.state.setDefault(org(asked), asked.parts[1]!, asked.query.get('isDefault') !== 'false'),
  },
  {
    method: 'POST',
    path: /^\/orgs\/([^/]+)\/(instances|services)\/([^/]+)$/,
    name: 'LinkProvider',
    answer: (asked) => {
      const within = org(asked)
      const link = linkOf(asked)
      const {providerUid} = asked.state.provider(within, textOf(asked.body, 'providerUid'))
      if (within.links.size >= MAX_LINKS && !within.links.has(link.key)) {
        throw new DashboardError(400, 'This organization has too many links')
      }
      within.links.set(link.key, providerUid)
      return {linkType: link.type, linkUid: link.uid, providerUid, orgUid: within.orgUid}
    },
  },
  {
    method: 'GET',
    path: /^\/orgs\/([^/]+)\/(instances|services)\/([^/]+)$/,
    name: 'GetLink',
    answer: (asked) => {
      const within = org(asked)
      const provider = within.providers.get(within.links.get(linkOf(asked).key) ?? '')
      return {result: provider === undefined ? [] : [provider]}
    },
  },
  {
    method: 'DELETE',
    path: /^\/orgs\/([^/]+)\/(instances|services)\/([^/]+)\/providers\/([^/]+)$/,
    name: 'UnlinkProvider',
    answer: (asked) => {
      const {links} = org(asked)
      const {key} = linkOf(asked)
      if (links.get(key) !== asked.parts[3]) throw new DashboardError(404, 'The link was not found')
      links.delete(key)
      return {}
    },
  },
]

function org({state, caller, parts}: Asked): DashboardOrg {
  return permitted(caller.orgName, state.orgByUid(parts[0]!))
}

/** The secret access key of a Provider is looked at and let go: nothing here could ever use it. */
function create(asked: Asked) {
  const {state, body} = asked
  const within = org(asked)
  if (body['providerName'] !== 'aws') throw new DashboardError(400, '"providerName" must be "aws"')
  const given = body['providerDetails']
  if (typeof given !== 'object' || given === null)
    throw new DashboardError(400, '"providerDetails" must be an object')
  const details = given as Readonly<Record<string, unknown>>
  const alias = textOf(body, 'alias', 128)
  const isDefault = body['isDefault'] === true ? {isDefault: true} : {}
  if (body['providerType'] === 'roleArn') {
    const roleArn = textOf(details, 'roleArn', 600)
    if (!ROLE_ARN.test(roleArn)) throw new DashboardError(400, '"roleArn" is not the ARN of a role')
    return state.addProvider(within, {alias, roleArn, ...isDefault})
  }
  if (body['providerType'] === 'accessKey') {
    const accessKeyId = textOf(details, 'accessKeyId')
    textOf(details, 'secretAccessKey')
    if (!ACCESS_KEY_ID.test(accessKeyId)) throw new DashboardError(400, '"accessKeyId" is not valid')
    return state.addProvider(within, {alias, accessKeyId, ...isDefault})
  }
  throw new DashboardError(400, '"providerType" must be "roleArn" or "accessKey"')
}

function linkOf({parts}: Asked): {key: string; type: string; uid: string} {
  const [, type, uid] = parts
  const pattern =
    type === 'instances'
      ? /^appName\|[^|]+\|serviceName\|[^|]+\|stage\|[^|]+\|region\|[^|]+$/
      : /^appName\|[^|]+\|serviceName\|[^|]+$/
  if (!pattern.test(uid!) || uid!.length > 1024) throw new DashboardError(400, 'The link uid is not valid')
  return {key: `${type}/${uid}`, type: type!, uid: uid!}
}
