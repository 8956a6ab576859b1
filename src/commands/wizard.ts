import {defineCommand} from './define-command.js'

const OF_SSO = [
  'session',
  'start-url',
  'sso-region',
  'account',
  'role',
  'template',
  'browser',
  'device-code',
] as const
const OF_ROLE = ['org', 'app', 'provider', 'template-name', 'service-name'] as const

export const wizard = defineCommand({
  summary: 'the wizard: credentials for your first "serverless deploy"',
  options: ['path', 'profile', 'region', 'keys-from', 'service', 'stage', ...OF_SSO, ...OF_ROLE],
  help: {
    session: 'AWS SSO: the name of the session',
    'start-url': 'AWS SSO: where to sign in, the AWS access portal',
    'sso-region': 'AWS SSO: the region of that portal',
    account: 'AWS SSO: the account that becomes a profile',
    role: 'AWS SSO: the role (permission set) that becomes a profile',
    template: 'AWS SSO: the names of several profiles, such as {account}-{role}',
    browser: 'AWS SSO: signs in in the browser of this machine',
    'device-code': 'AWS SSO: signs in with a code, in a browser anywhere',
  },
  examples: [
    '',
    'local --profile work --region eu-west-1',
    'role --org my-org --app my-app',
    '--path local --keys-from key.csv --yes',
  ],
  run: async (options, screen, begun) => {
    const {wizard: run, realWorld} = await import('../app/wizard.js')
    return run(options, screen, {...(await realWorld(options)), ...(begun ? {begun} : {})})
  },
})

/** The paths of the wizard as words of their own. */
export const PATH_WORDS: Readonly<Record<string, string>> = {
  role: 'Create AWS IAM Role, through the Serverless Dashboard',
  local: 'Save AWS Credentials in a Local Profile',
  skip: 'Skip & Set Later (AWS SSO, ENV Vars)',
}
