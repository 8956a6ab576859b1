import {defineCommand} from './define-command.js'

export const sso = defineCommand({
  summary: 'AWS SSO (IAM Identity Center): sign in, choose roles, write profiles',
  operand: {
    name: 'VERB',
    choices: {
      setup: 'signs in, and writes profiles for what you choose',
      login: 'signs in again to a session that is there',
      logout: 'ends sessions at AWS and deletes their tokens here',
      status: 'which sessions are signed in, and until when',
      sync: 'compares the profiles of a session with what you may use now',
    },
  },
  options: [
    'start-url',
    'sso-region',
    'session',
    'account',
    'role',
    'template',
    'profile',
    'region',
    'browser',
    'device-code',
    'service',
  ],
  examples: ['sso', 'sso login', 'sso --start-url https://acme.awsapps.com/start', 'sso sync --dry-run'],
  run: async (options, screen) => {
    const [{sso: run}, {realWorld}] = await Promise.all([import('../app/sso.js'), import('../app/wizard.js')])
    return run(options, screen, await realWorld(options))
  },
})
