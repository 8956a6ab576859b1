/** What a person should know before a sign-in is set up. */
import type {SsoSession} from '../domain/sso.js'
import type {Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {decode} from '../files/bytes.js'
import type {OpenFile} from './plan-profile.js'
import {samePortal} from './sso-json.js'
import {isOfSession, OTHER_THAN_SSO, roleKey, valuesOf, type SsoSetup} from './sso-setup.js'
import {someOf} from '../text/some-of.js'

interface Asked {
  readonly session: SsoSession
  readonly profiles: readonly {readonly name: string; readonly accountId: string; readonly roleName: string}[]
  readonly remove: readonly string[]
}

/** Most names that one sentence lists. */
const MAX_NAMES = 5

export function ssoWarnings(asked: Asked, setup: SsoSetup, files: readonly OpenFile[]): readonly Problem[] {
  return [
    ...sessionChanged(asked, setup),
    ...roleChanged(asked, setup),
    ...methodReplaced(asked, files),
    ...stillNamed(asked, files),
  ]
}

function sessionChanged({session}: Asked, {sessions, profiles}: SsoSetup): readonly Problem[] {
  const old = sessions.find(({name}) => name === session.name)?.session
  if (!old || (samePortal(old.startUrl, session.startUrl) && old.region === session.region)) return []
  const users = profiles.filter((profile) => profile.session === session.name).map(({name}) => name)
  return [
    {
      code: 'SSO_SESSION_CHANGED',
      what: say`The sign-in session ${session.name} leads elsewhere now: ${old.startUrl} (${old.region}).`,
      why:
        users.length === 0
          ? say`It would lead to ${session.startUrl} (${session.region}); the diff shows it.`
          : say`It would lead to ${session.startUrl} (${session.region}), also for ${someOf(users, MAX_NAMES)}.`,
      nextSteps: [say`To keep both, give the new session another name.`],
    },
  ]
}

/** A profile that stood for another role: what was deployed with it would go elsewhere. */
function roleChanged({session, profiles}: Asked, setup: SsoSetup): readonly Problem[] {
  const moved = profiles.filter(({name, ...role}) =>
    setup.profiles.some(
      (old) => old.name === name && (roleKey(old) !== roleKey(role) || !isOfSession(old, session)),
    ),
  )
  if (moved.length === 0) return []
  return [
    {
      code: 'SSO_PROFILE_CHANGED',
      what: say`Another account, role or sign-in stands behind ${someOf(
        moved.map(({name}) => name),
        MAX_NAMES,
      )} now.`,
      why: say`What uses this profile would work in another account or with other rights; the diff shows both.`,
      nextSteps: [say`To keep both, choose another profile name.`],
    },
  ]
}

function methodReplaced({profiles}: Asked, files: readonly OpenFile[]): readonly Problem[] {
  const replaced = profiles.map(({name}) => ({name, keys: OTHER_THAN_SSO.filter(keysIn(files, name))}))
  const found = replaced.filter(({keys}) => keys.length > 0)
  if (found.length === 0) return []
  const keys = [...new Set(found.flatMap((each) => each.keys))]
  return [
    {
      code: 'METHOD_REPLACED',
      what: say`${someOf(
        found.map(({name}) => name),
        MAX_NAMES,
      )} gets its credentials in another way now: ${keys.join(', ')}.`,
      why: say`These keys could win over the sign-in, so they are taken out; the diff shows them.`,
      nextSteps: [say`To keep both, choose another profile name.`],
    },
  ]
}

function keysIn(files: readonly OpenFile[], profile: string): (key: string) => boolean {
  const keys = files.flatMap(({document}) => {
    const section = document.section(profile)
    return section ? [...valuesOf(document, section).keys()] : []
  })
  return (key) => keys.includes(key)
}

/** Roles that are assumed with the credentials of a profile that goes. */
function stillNamed({remove}: Asked, files: readonly OpenFile[]): readonly Problem[] {
  if (remove.length === 0) return []
  const users = files.flatMap(({document}) =>
    document.sections
      .filter(({type}) => type === 'profile')
      .filter((section) => remove.includes(valuesOf(document, section).get('source_profile') ?? ''))
      .map(({name}) => decode(name))
      .filter((name) => !remove.includes(name)),
  )
  if (users.length === 0) return []
  return [
    {
      code: 'SSO_PROFILE_IN_USE',
      what: say`${someOf(users, MAX_NAMES)} takes its first credentials from a profile that is taken out.`,
      why: say`Its source_profile names one of ${someOf(remove, MAX_NAMES)}.`,
      nextSteps: [say`Name another source_profile there, or keep the profile.`],
    },
  ]
}
