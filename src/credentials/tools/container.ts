/** Which addresses of a container's credentials the tools accept. */

import {say, type SafeText} from '../../text/safe-text.js'
import type {PathState, Snapshot} from '../snapshot.js'
import {broken, type Broken} from './outcome.js'
import {takeOut} from '../take-out.js'

/** `checkUrl` of @aws-sdk/credential-provider-http; botocore's `_validate_allowed_url` agrees but for IPv6. */
export function checkContainerUrl(address: string): 'not a URL' | 'not allowed' | undefined {
  if (!URL.canParse(address)) return 'not a URL'
  const {protocol, hostname} = new URL(address)
  if (protocol === 'https:') return undefined
  const services = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]', '[::1]', 'localhost']
  return services.includes(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname) ? undefined : 'not allowed'
}

/** botocore's words for an address that it does not take; `undefined` where it does. */
export function botocoreRefusal(address: string): SafeText | undefined {
  if (!checkContainerUrl(address)) return undefined
  const host = URL.canParse(address) ? new URL(address).hostname : 'None'
  return say`Unsupported host '${host}'. Can only retrieve metadata`
}

export const ADDRESSES = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']

/** The file of the token is opened before anything is asked, and every tool stops where it cannot be. */
export function containerTokenFault(
  s: Snapshot,
  words: (file: string, state: PathState) => SafeText,
): Broken | undefined {
  const {env, named} = s
  const file = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']
  const state = file ? named.get(file) : undefined
  if (!file || state === undefined || state === 'readable') return undefined
  return broken('container', words(file, state), {
    fix: takeOut(s, ['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', ...ADDRESSES.filter((name) => env[name])]),
  })
}
