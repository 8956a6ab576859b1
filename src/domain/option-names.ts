/** What every command takes. */
export const GENERAL_OPTIONS = [
  'yes',
  'dry-run',
  'json',
  'plain',
  'no-browser',
  'debug',
  'help',
  'version',
] as const

/** The options of the command line, without their dashes. Each is described in `commands/options.ts`. */
export const OPTION_NAMES = [
  'path',
  'profile',
  'region',
  'keys-from',
  'service',
  'stage',
  'verify',
  'fix',
  'resolver',
  'session',
  'start-url',
  'sso-region',
  'role',
  'template',
  'account',
  'browser',
  'device-code',
  'org',
  'app',
  'provider',
  'template-name',
  'service-name',
  'list',
  'forget',
  ...GENERAL_OPTIONS,
] as const

export type OptionName = (typeof OPTION_NAMES)[number]

/** Options as they are typed: `--region REGION`. One that does not exist cannot be named. */
export type OptionUse = `--${OptionName}` | `--${OptionName} ${string}`
