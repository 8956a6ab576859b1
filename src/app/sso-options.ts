import type {SsoInput} from '../../flows/sso/state.js'
import type {Options} from '../commands/read-args.js'
import type {Answer} from '../engine/types.js'

/** Options of AWS SSO as the flow takes them. */
export function ssoInput({profile, region, yes, dryRun, sso}: Options): Omit<SsoInput, 'mode'> {
  return {
    ...(sso.session === undefined ? {} : {session: sso.session}),
    ...(sso.template === undefined ? {} : {template: sso.template}),
    ...(sso.way === undefined ? {} : {way: sso.way}),
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
    isYes: yes,
    isDryRun: dryRun,
  }
}

/** The answers that the options of AWS SSO give beforehand, by question. */
export function ssoPresets({sso, profile, yes}: Options): Map<string, Answer> {
  const {startUrl, ssoRegion, session, account, role, template} = sso
  const presets = new Map<string, Answer>()
  const preset = (id: string, answer: Answer | undefined) => {
    if (answer !== undefined) presets.set(id, answer)
  }
  preset('sso-session', startUrl === undefined ? session : 'new session')
  preset('sso-start-url', startUrl)
  preset('sso-region', ssoRegion)
  preset('sso-session-name', session)
  preset(
    'sso-extent',
    account !== undefined ? 'one' : role !== undefined || template !== undefined ? 'role' : undefined,
  )
  preset('sso-account', account)
  preset('sso-role', role)
  preset('sso-shared-role', role)
  preset('sso-profile', profile)
  preset('sso-template', template)
  if (session !== undefined) preset('sso-logout', [session])
  if (yes) preset('sso-plan', 'yes')
  return presets
}
