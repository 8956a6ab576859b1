/** Where a profile sends requests in place of AWS. */
import {say, type SafeText} from '../text/safe-text.js'
import type {Snapshot} from './snapshot.js'
import type {Values} from './views.js'

export interface OwnEndpoint {
  readonly url: string
  readonly from: SafeText
}

/** What the profile says counts for nothing then. */
export function ignoresEndpoints({env, javascript}: Snapshot, profile: string): boolean {
  const own = javascript.profiles.get(profile)?.get('ignore_configured_endpoint_urls')
  return [env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'], own].some((value) => value?.toLowerCase() === 'true')
}

/** The one whose settings every client of a run goes by, whatever profile its keys are of. */
export function settingsProfile({env}: Pick<Snapshot, 'env'>): string {
  return env['AWS_PROFILE'] || 'default'
}

/** Its section `[services NAME]` goes before its own line. */
export function endpointOfProfile(
  s: Snapshot,
  profile: string,
  service: 'sts' | 'iam',
): OwnEndpoint | undefined {
  if (ignoresEndpoints(s, profile)) return undefined
  const data = s.javascript.profiles.get(profile)
  const url = servicesOf(s, data)?.get(`${service}.endpoint_url`) || data?.get('endpoint_url')
  return url ? {url, from: say`endpoint_url of the profile ${profile}`} : undefined
}

/** Where requests of STS go by the settings of a profile; `undefined` for AWS. */
export function stsAddress(s: Snapshot, settings = settingsProfile(s)): string | undefined {
  return endpointOfProfile(s, settings, 'sts')?.url
}

/** The section that a profile names for addresses by service: `sts.endpoint_url`. */
export function servicesOf(s: Snapshot, data: Values | undefined): Values | undefined {
  const name = data?.get('services')
  return name === undefined ? undefined : s.javascript.services.get(name)
}
