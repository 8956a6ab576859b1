/** Our verdict and a tool's answer in one form, to be held against each other. */
import type {Found, Outcome} from '../../../src/credentials/tools/outcome.js'
import type {View} from '../../../src/credentials/views.js'
import type {Answer} from './peers.js'

/** The key ID that the stub of AWS and the files give for an outcome. */
function idOf({source, profile, accessKeyId, roleArn, base}: Found, view: View): string {
  const data = view.profiles.get(profile ?? '')
  switch (source) {
    case 'role':
      return `ROLE(${roleArn})${idOf(base!, view)}`
    case 'web-identity':
    case 'web-identity-env':
      return `WEB(${roleArn})`
    case 'sso':
      return `SSO(${data?.get('sso_account_id')}/${data?.get('sso_role_name')})`
    case 'process':
      return `PROCESS-${profile}`
    case 'container':
      return 'CONTAINER'
    case 'instance':
      return 'INSTANCE'
    default:
      return accessKeyId ?? ''
  }
}

/** The key ID, that there is none, or the beginning of the error. */
function essence(outcome: Outcome, view: View): string {
  return outcome.kind === 'found' ? `uses ${idOf(outcome, view)}` : `fails: ${outcome.words}`
}

function essenceOf(answer: Answer): string {
  if (answer.id !== undefined) return `uses ${answer.id}`
  return `fails: ${answer.error ?? 'Unable to locate credentials'}`
}

/** What differs, in two lines; nothing where both say the same. */
export function difference(ours: Outcome, theirs: Answer, view: View, home: string): string | undefined {
  const [expected, actual] = [essence(ours, view), essenceOf(theirs)].map((text) =>
    text.replaceAll(home, '~').replace(/\s+/g, ' ').trim(),
  ) as [string, string]
  const agrees = ours.kind === 'found' ? expected === actual : actual.startsWith(expected)
  return agrees ? undefined : `  we say: ${expected}\n  it says: ${actual}`
}
