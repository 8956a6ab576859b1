/** Keys of a profile by what they are for. Source: AWS CLI configuration reference; botocore `_WRITE_TO_CREDS_FILE`. */

export const ACCESS_KEY = ['aws_access_key_id', 'aws_secret_access_key'] as const
export const TOKENS = ['aws_session_token', 'aws_security_token'] as const
/** When a temporary key ends, as tools that sign in for a person write it; no SDK reads it. */
export const KEY_ENDS = [
  'x_security_token_expires',
  'aws_expiration',
  'aws_credential_expiration',
  'aws_session_expiration',
  'expiration',
] as const
export const ROLE = [
  'role_arn',
  'source_profile',
  'credential_source',
  'role_session_name',
  'external_id',
  'mfa_serial',
  'duration_seconds',
  'web_identity_token_file',
] as const
export const SSO = [
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'sso_start_url',
  'sso_region',
  'sso_registration_scopes',
] as const
export const OTHER_METHODS = ['credential_process', 'login_session'] as const

/** What decides whose credentials a profile gives. */
export const CREDENTIAL_KEYS: ReadonlySet<string> = new Set([
  ...ACCESS_KEY,
  ...TOKENS,
  ...ROLE,
  ...SSO,
  ...OTHER_METHODS,
])
