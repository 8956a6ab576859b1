/** An outcome in words: which credentials, and what beats what. */
import {safe, say, type SafeText} from '../../text/safe-text.js'
import {maskKeyId} from '../../text/mask.js'
import type {Asked, ToolFailure, ToolId, ToolVerdict} from '../types.js'
import type {Snapshot} from '../snapshot.js'
import type {View} from '../views.js'
import {placeOfProfile} from '../places.js'
import {isProfileMethod, methodsOf, METHOD_WORDS} from './methods.js'
import {firstOf, type Found, type Outcome} from './outcome.js'
import {regionOf} from './region.js'

export interface Judged {
  readonly id: ToolId
  readonly label: SafeText
  readonly outcome: Outcome
  /** The profile in force, and what chose it; no variable: `default`, which nobody named. */
  readonly profile: string
  readonly chosenBy?: SafeText
  readonly view: View
  readonly note?: SafeText
}

export function toVerdict(s: Snapshot, judged: Judged, asked: Asked): ToolVerdict {
  const {id, label, outcome, profile} = judged
  const region = regionOf(id, s, profile, asked)
  const rest = {id, label, ...(region ? {region} : {})}
  if (outcome.kind !== 'found')
    return {
      ...rest,
      ...('profile' in outcome && outcome.profile !== undefined ? {profile: outcome.profile} : {}),
      failure: failureOf(outcome),
      why: sentences([whyNot(s, judged), ...passedWords(outcome)]),
    }
  return {
    ...rest,
    winner: outcome.source,
    ...(outcome.profile === undefined ? {} : {profile: outcome.profile}),
    ...(outcome.accessKeyId === undefined ? {} : {accessKeyId: outcome.accessKeyId}),
    detail: detailOf(outcome),
    why: sentences([whyWins(judged, outcome), ...passedWords(outcome), outcome.caveat, judged.note]),
  }
}

function failureOf(outcome: Exclude<Outcome, Found>): ToolFailure {
  if (outcome.kind === 'none') {
    const fix = outcome.passed.find((each) => each.fix)?.fix
    return {kind: 'none', words: outcome.words, ...(fix ? {fix} : {})}
  }
  return {
    kind: 'broken',
    words: outcome.words,
    ...(outcome.source ? {source: outcome.source} : {}),
    ...(outcome.fix ? {fix: outcome.fix} : {}),
  }
}

export function detailOf({source, accessKeyId, roleArn, profile, base}: Found): SafeText {
  const [key, role] = [accessKeyId === undefined ? undefined : maskKeyId(accessKeyId), roleArn]
  if (role !== undefined) {
    const first = base ? say`, with ${detailOf(firstOf(base))}` : ''
    return say`role ${role}${first}`
  }
  const of = profile === undefined ? '' : say` of the profile ${profile}`
  switch (source) {
    case 'environment':
      return say`the key ${key} of the environment`
    case 'sso':
      return say`AWS SSO${of}`
    case 'process':
      return say`the program${of}`
    case 'login':
      return say`the console sign-in${of}`
    case 'container':
      return say`the role of the container`
    case 'instance':
      return say`the role of the EC2 instance`
    default:
      return say`the key ${key ?? ''}${of}`
  }
}

function whyWins({id, profile, chosenBy, view}: Judged, {source}: Found): SafeText {
  if (source === 'environment') {
    if (isCli(id))
      return chosenBy
        ? say`The keys in AWS_ACCESS_KEY_ID come before ${chosenBy}.`
        : say`The keys in AWS_ACCESS_KEY_ID come before every profile.`
    return say`AWS_ACCESS_KEY_ID is set and AWS_PROFILE is not, so the keys of the environment come first.`
  }
  if (!isProfileMethod(source)) {
    if (source === 'web-identity-env' && isCli(id))
      return say`AWS_WEB_IDENTITY_TOKEN_FILE comes before the keys of a profile.`
    return say`Nothing before it in the chain gives credentials.`
  }
  const rivals = methodsOf(view.profiles.get(profile) ?? new Map()).filter((method) => method !== source)
  const within =
    rivals.length === 0
      ? undefined
      : say`Of its settings the ${METHOD_WORDS[source]} comes before ${list(rivals.map((each) => say`the ${METHOD_WORDS[each]}`))}.`
  const chosen = chosenBy
    ? say`${chosenBy} chooses the profile ${profile}.`
    : say`No variable names a profile or holds a key, so the profile default is used.`
  return sentences([chosen, within])
}

function whyNot(s: Snapshot, {id, outcome, profile, chosenBy, view}: Judged): SafeText {
  if (outcome.kind === 'broken' && outcome.source === 'environment')
    return say`AWS_ACCESS_KEY_ID is set without its secret, and it stops there.`
  if (outcome.kind === 'broken' && outcome.source && isProfileMethod(outcome.source)) {
    const by = chosenBy ? say`${chosenBy} chooses` : say`No variable says otherwise, so it uses`
    return say`${by} the profile ${profile}, and it stops at the ${METHOD_WORDS[outcome.source]} there.`
  }
  if (outcome.kind === 'broken' && outcome.source === undefined && outcome.profile === undefined)
    return say`It reads both files before anything else, and refuses one of them as a whole.`
  if (outcome.kind === 'broken' && outcome.source) return say`It stops at what the environment says.`
  const place = view.profiles.has(profile) ? undefined : placeOfProfile(s, profile)
  if (chosenBy && place)
    return say`${chosenBy} names the profile ${profile}, in which it finds nothing that it reads (${place}).`
  if (!view.profiles.has(profile))
    return chosenBy
      ? say`${chosenBy} names a profile that is in neither file${isCli(id) ? ', so it does nothing at all' : ''}.`
      : say`There are no keys in the environment and no profile called default.`
  return say`The profile ${profile} gives no credentials, and nothing after it does.`
}

function isCli(id: ToolId): boolean {
  return id === 'cli' || id === 'cli2'
}

function passedWords({passed}: Outcome): readonly SafeText[] {
  return passed.map(({why}) => why)
}

export function list(items: readonly SafeText[]): SafeText {
  if (items.length < 2) return items[0] ?? say``
  return say`${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

function sentences(parts: readonly (SafeText | undefined)[]): SafeText {
  return safe(
    parts
      .filter((part) => part !== undefined && part !== '')
      .map((part) => part!.replace(/^the (?=resolver )/, 'The '))
      .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
      .join(' '),
  )
}
