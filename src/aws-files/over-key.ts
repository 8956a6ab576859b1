/** What of a profile would be taken in the place of an access key that is written into it, and by whom. */
import {say, type SafeText} from '../text/safe-text.js'
import {SSO} from './keys.js'

export interface OverKey {
  readonly keys: readonly string[]
  /** As in "… before an access key". */
  readonly who: SafeText
}

const SSO_MARKS = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name']

/**
 * Programs and console sign-ins come after a key for every tool, and a role that the profile is taken on with its own key
 * for needs that key: they stay. Sources: `resolveProfileData` of the SDK for JavaScript, `create_credential_resolver` of
 * botocore.
 *
 * @param values of the profile, of both files together
 */
export function overKey(values: ReadonlyMap<string, string>, profile: string): readonly OverKey[] {
  const cli = say`AWS CLI and Python tools take them`
  const found: OverKey[] = []
  const isToken = values.has('web_identity_token_file')
  const isOwn = values.get('source_profile') === profile && !isToken && !values.has('credential_source')
  if (isToken || (values.has('role_arn') && !isOwn)) {
    const keys = ['role_arn', 'source_profile', 'credential_source', 'web_identity_token_file']
    const isForAll = values.has('source_profile') || values.has('credential_source')
    found.push({
      keys: keys.filter((name) => values.has(name)),
      who:
        isForAll && values.has('role_arn')
          ? say`every tool takes the role`
          : isToken
            ? cli
            : say`AWS CLI and Python tools stop at a role without a source`,
    })
  }
  if (SSO_MARKS.some((name) => values.has(name)))
    found.push({keys: SSO.filter((name) => values.has(name)), who: cli})
  return found
}
