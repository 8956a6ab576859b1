/** Every service the server speaks, in the order they are asked whether a request is theirs. */
import {cloudFormation} from './cloudformation.js'
import {iam} from './iam.js'
import type {Service} from './service.js'
import {sso} from './sso.js'
import {ssoOidc} from './sso-oidc.js'
import {sts} from './sts.js'
import type {WireRequest} from '../sigv4.js'

const SERVICES: readonly Service[] = [ssoOidc, sso, cloudFormation, iam, sts]

/** Who answers what no service claims: an unsigned or unreadable request is refused in its words. */
const FALLBACK = sts

export function route(request: WireRequest): {service: Service; action: string} {
  for (const service of SERVICES) {
    const action = service.route(request)
    if (action !== undefined) return {service, action}
  }
  return {service: FALLBACK, action: ''}
}
