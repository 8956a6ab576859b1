/** The options of the command line as the flows take them. */
import type {DashboardRoleInput} from '../../flows/dashboard-role/state.js'
import type {SsoInput} from '../../flows/sso/state.js'
import type {Options} from './options.js'

export function ssoInput({
  profile,
  region,
  yes,
  dryRun,
  session,
  template,
  browser,
  deviceCode,
}: Options): Omit<SsoInput, 'mode'> {
  return {
    ...(session === undefined ? {} : {session}),
    ...(template === undefined ? {} : {template}),
    ...(browser ? {way: 'browser'} : deviceCode ? {way: 'device'} : {}),
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
    isYes: yes,
    isDryRun: dryRun,
  }
}

export function roleInput({yes, dryRun, org, app}: Options): DashboardRoleInput {
  return {
    isYes: yes,
    isDryRun: dryRun,
    ...(org === undefined ? {} : {org}),
    ...(app === undefined ? {} : {app}),
  }
}
