import {lift} from '../../src/engine/compose.js'
import type {Flow, Step} from '../../src/engine/types.js'
import {viewChange} from '../change/flow.js'
import {next} from './next.js'
import type {SsoPorts} from './ports.js'
import * as accessScreens from './screens/access.js'
import * as endScreens from './screens/end.js'
import * as profileScreens from './screens/profiles.js'
import * as sessionScreens from './screens/session.js'
import * as signInScreens from './screens/sign-in.js'
import {changeOf} from './screens/write.js'
import * as writeScreens from './screens/write.js'
import type {SsoEvent, SsoInput, SsoOutcome, SsoState} from './state.js'

type E = SsoEvent
type P = SsoPorts

/** IAM Identity Center: signing in, choosing accounts and roles, and the profiles for them. */
export function sso(input: SsoInput): Flow<SsoState, E, P, SsoOutcome> {
  return {initial: beginSso(input), view, next}
}

export function beginSso(input: SsoInput): SsoState {
  return {
    at: 'reading',
    input,
    draft: {},
    way: input.way ?? 'device',
    chosen: [],
    profiles: [],
    remove: [],
  }
}

export function view(state: SsoState): Step<E, P, SsoOutcome> {
  switch (state.at) {
    case 'reading':
      return sessionScreens.reading()
    case 'unreadable':
      return sessionScreens.unreadable(state)
    case 'session':
      return sessionScreens.session(state)
    case 'start-url':
      return sessionScreens.startUrl(state)
    case 'sso-region':
      return sessionScreens.ssoRegion(state)
    case 'session-name':
      return sessionScreens.sessionName(state)
    case 'connecting':
      return signInScreens.connecting(state)
    case 'waiting':
      return signInScreens.waiting(state)
    case 'not-signed-in':
      return signInScreens.notSignedIn(state)
    case 'listing':
      return accessScreens.listing(state)
    case 'unlisted':
      return accessScreens.unlisted(state)
    case 'extent':
      return accessScreens.extent(state)
    case 'account':
      return accessScreens.account(state)
    case 'role':
      return accessScreens.role(state)
    case 'shared-role':
      return accessScreens.sharedRole(state)
    case 'several':
      return accessScreens.several(state)
    case 'profile':
      return profileScreens.profile(state)
    case 'template':
      return profileScreens.template(state)
    case 'region':
      return profileScreens.region(state)
    case 'sync-add':
      return profileScreens.syncAdd(state)
    case 'sync-remove':
      return profileScreens.syncRemove(state)
    case 'change':
      return lift(viewChange(changeOf(state), state.change ?? {at: 'planning'}), (event): E => ({
        type: 'change',
        event,
      }))
    case 'verifying':
      return writeScreens.verifying(state)
    case 'receipt':
      return writeScreens.receipt(state)
    case 'keeping':
      return signInScreens.keeping(state)
    case 'logout':
      return endScreens.logout(state)
    case 'signing-out':
      return endScreens.signingOut(state)
    case 'end':
      return endScreens.end(state)
  }
}

export {next}
