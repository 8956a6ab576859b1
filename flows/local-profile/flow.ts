import type {Flow, Step} from '../../src/engine/types.js'
import {next} from './next.js'
import type {LocalProfilePorts} from './ports.js'
import * as filesScreens from './screens/files.js'
import * as keyScreens from './screens/key.js'
import * as placeScreens from './screens/place.js'
import {region} from './screens/region.js'
import * as verifyScreens from './screens/verify.js'
import * as wayScreens from './screens/way-to-a-key.js'
import * as writeScreens from './screens/write.js'
import type {LocalProfileEvent, LocalProfileInput, LocalProfileOutcome, LocalProfileState} from './state.js'

export type LocalProfileStep = Step<LocalProfileEvent, LocalProfilePorts, LocalProfileOutcome>

/** "Save AWS Credentials in a Local Profile", from no account to a verified profile on disk. */
export function localProfile(
  input: LocalProfileInput,
): Flow<LocalProfileState, LocalProfileEvent, LocalProfilePorts, LocalProfileOutcome> {
  return {initial: begin(input), view, next}
}

export function begin(input: LocalProfileInput): LocalProfileState {
  return {at: 'checking-files', input, policy: 'administrator', page: 0, candidates: [], profiles: []}
}

export function view(state: LocalProfileState): LocalProfileStep {
  switch (state.at) {
    case 'checking-files':
      return filesScreens.checkingFiles()
    case 'unreadable':
      return filesScreens.unreadable(state)
    case 'unwritable':
      return filesScreens.unwritable(state)
    case 'account':
      return wayScreens.account()
    case 'opening-sign-up':
      return wayScreens.openingSignUp()
    case 'sign-up':
      return wayScreens.signUp(state)
    case 'method':
      return wayScreens.method(state)
    case 'permissions':
      return wayScreens.permissions()
    case 'console':
      return wayScreens.console(state)
    case 'cloudshell':
      return wayScreens.cloudshell(state)
    case 'key':
      return keyScreens.key(state)
    case 'reading-key-file':
      return keyScreens.readingKeyFile(state)
    case 'secret':
      return keyScreens.secret(state)
    case 'token':
      return keyScreens.token(state)
    case 'candidate':
      return keyScreens.candidate(state)
    case 'reading-profiles':
      return placeScreens.readingProfiles()
    case 'profiles-unread':
      return verifyScreens.profilesUnread(state)
    case 'profile':
      return placeScreens.profile(state)
    case 'asking-whose':
      return placeScreens.askingWhose(state)
    case 'replace':
      return placeScreens.replace(state)
    case 'region':
      return region(state)
    case 'checking-region':
      return verifyScreens.checkingRegion(state)
    case 'verifying':
      return verifyScreens.verifying(state)
    case 'refused':
      return verifyScreens.refused(state)
    case 'root':
      return verifyScreens.root()
    case 'root-account':
      return verifyScreens.rootAccount(state)
    case 'verified':
      return verifyScreens.verified(state)
    case 'change':
      return writeScreens.change(state)
    case 'nothing-to-do':
      return writeScreens.nothingToDo()
    case 'checking':
      return writeScreens.checking(state)
    case 'receipt':
      return writeScreens.receipt(state)
    case 'undoing':
      return writeScreens.undoing(state)
    case 'end':
      return writeScreens.end(state)
  }
}

export {next}
