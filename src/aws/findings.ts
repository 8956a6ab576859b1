import type {Problem} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {DEPLOY_NEEDS} from './deploy-needs.js'
import type {HeldPolicies} from './iam-reads.js'
import type {AccessKey} from '../domain/access-key.js'
import {isTemporary} from '../domain/key-validators.js'
import {program} from '../text/program-name.js'
import {duration} from '../text/time.js'
import {usersPage} from './explain.js'
import type {Identity} from './identity.js'
import type {Network} from './network.js'

/** One line of what was found. */
export interface Finding {
  readonly mark: 'good' | 'warning' | 'bad' | 'unknown' | 'fact'
  readonly label: SafeText
  readonly value?: SafeText
  readonly note?: SafeText
}

/** What was read, or why it could not be. */
export type Read<T> = {readonly value: T} | {readonly problem: Problem}

const OLD_KEY_DAYS = 90
/** AWS's quota: a user with as many has no place for a new one. */
const MAX_KEYS = 2
/** Smaller differences of clocks are not worth a line, in seconds. */
const WORTH_TELLING_SECONDS = 60

export function accountFinding({accountId}: Identity, alias: Read<string | undefined>): Finding {
  const name = 'value' in alias ? alias.value : undefined
  return {mark: 'good', label: say`Account`, value: name ? say`${accountId} (${name})` : safe(accountId)}
}

export function principalFindings({kind, arn, clockSkewSeconds}: Identity): Finding[] {
  const findings: Finding[] = [{mark: 'good', label: say`Signs in as`, value: safe(arn)}]
  if (kind === 'root') {
    findings.push({mark: 'bad', label: say`Root user`, value: say`can do everything; no policy limits it`})
  } else if (kind !== 'user') {
    const value = kind === 'assumed-role' ? say`assumed role, temporary` : say`federated user, temporary`
    findings.push({mark: 'fact', label: say`Kind`, value})
  }
  if (Math.abs(clockSkewSeconds) > WORTH_TELLING_SECONDS) {
    const side = clockSkewSeconds > 0 ? 'ahead of' : 'behind'
    const value = say`${Math.abs(clockSkewSeconds)} s ${side} AWS`
    findings.push({mark: 'warning', label: say`Clock`, value})
  }
  return findings
}

export function policyFinding(policies: Read<HeldPolicies>): Finding {
  const label = say`Policies`
  if ('problem' in policies) return unread(label, policies.problem)
  const {names, isAdministrator, isPartial} = policies.value
  const note = isPartial ? {note: say`Those of groups, or inline ones, could not all be read.`} : {}
  if (names.length > 0) {
    return {mark: isAdministrator ? 'good' : 'fact', label, value: safe(names.join(', ')), ...note}
  }
  return isPartial
    ? {mark: 'unknown', label, value: say`none attached`, ...note}
    : {
        mark: 'bad',
        label,
        value: say`none: this user may do nothing`,
        note: say`Attach one in the console, such as AdministratorAccess.`,
      }
}

/** A missing right stops no one here: it is said before the deploy would. */
export function deployFinding(
  simulated: Read<readonly string[]>,
  isAdministrator: boolean,
  {kind, userName, partition}: Identity,
  network: Network,
): Finding {
  const label = say`serverless deploy`
  if ('problem' in simulated) {
    return isAdministrator
      ? {mark: 'good', label, value: say`everything is allowed`}
      : unread(label, simulated.problem)
  }
  const missing = [...new Set(simulated.value)]
  if (missing.length === 0) return {mark: 'good', label, value: say`may do what a deploy needs`}
  const groups = DEPLOY_NEEDS.filter(({actions}) => actions.some((action) => missing.includes(action)))
  const shown = missing.slice(0, 4).join(', ')
  const howToGet =
    kind !== 'user'
      ? say`Ask whoever gives you this role, or use another key.`
      : network.isPractice
        ? say`Another key may do more.`
        : say`To add them: ${usersPage(network, partition)}/details/${userName}, then "Add permissions"; or use another key.`
  const more = missing.length > 4 ? say` and ${missing.length - 4} more` : ''
  return {
    mark: 'warning',
    label,
    value: safe(`would miss rights for ${groups.map((group) => group.label).join(', ')}`),
    note: say`${shown}${more}. Rights for certain names only may still be enough. ${howToGet}`,
  }
}

export const VALID_FOR = say`Valid for`

/** A key that ends is told as such: what works today does not tomorrow. */
export function endFinding({accessKeyId, expiresAt}: AccessKey, now: number): Finding[] {
  if (!isTemporary(accessKeyId)) return []
  return [
    {
      mark: 'warning',
      label: VALID_FOR,
      value:
        expiresAt === undefined
          ? say`some hours at most: a key that begins with ASIA is temporary`
          : expiresAt > now
            ? say`${duration(expiresAt - now)}, until ${clockTime(expiresAt)}: it is temporary`
            : say`no time: it ended ${duration(now - expiresAt)} ago`,
      note: say`Then a fresh one is needed. A sign-in that is renewed: \`${program()} sso\``,
    },
  ]
}

/** In the time zone of this machine, with the date where it is not today's. */
function clockTime(at: number): SafeText {
  const [date, time] = [new Date(at), `${new Date(at).toTimeString().slice(0, 5)} local time`]
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday ? say`${time}` : say`${date.toDateString()} ${time}`
}

/** Rows that say the same of several things, as one row. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const isSame = (one: Finding, other: Finding) => other.mark === 'unknown' && one.value === other.value
  return findings.flatMap((finding, index) => {
    if (finding.mark !== 'unknown') return [finding]
    if (findings.findIndex((other) => isSame(finding, other)) !== index) return []
    const alike = findings.filter((other) => isSame(finding, other))
    const {note, ...rest} = finding
    const label = safe(alike.map((each) => each.label).join(', '))
    return [{...rest, label, ...(note && alike.every((each) => each.note === note) ? {note} : {})}]
  })
}

/** `days`: since this key was made, if it is among the keys. */
export function ageFinding(keys: Read<ReadonlyMap<string, unknown>>, days: number | undefined): Finding {
  const label = say`Age of the key`
  if ('problem' in keys) return unread(label, keys.problem)
  if (days === undefined) return {mark: 'unknown', label, value: say`not told`}
  const value = days === 0 ? say`made today` : days === 1 ? say`1 day` : say`${days} days`
  if (days > OLD_KEY_DAYS) {
    return {mark: 'warning', label, value, note: say`AWS advises to replace keys every ${OLD_KEY_DAYS} days.`}
  }
  const {size} = keys.value
  const isFull = size >= MAX_KEYS
  return {
    mark: 'fact',
    label,
    value,
    ...(isFull ? {note: say`The user has ${size} keys, the most AWS allows.`} : {}),
  }
}

export function mfaFinding(devices: Read<number>): Finding {
  const label = say`Second factor`
  if ('problem' in devices) return unread(label, devices.problem)
  const count = devices.value
  const value =
    count === 0 ? say`none; fine for a deploy key` : count === 1 ? say`1 device` : say`${count} devices`
  return {mark: 'fact', label, value}
}

function unread(label: SafeText, {code, what}: Problem): Finding {
  const value =
    code === 'ACCESS_DENIED' ? say`could not be read: this key may not look` : say`could not be read`
  return {mark: 'unknown', label, value, note: what}
}
