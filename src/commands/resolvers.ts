import {defineCommand} from './define-command.js'

export const resolvers = defineCommand({
  summary: 'which credentials each stage of a service deploys with, and why',
  operand: {
    name: 'VERB',
    choices: {
      check: 'a table of all stages, and what is wrong',
      explain: 'one stage: which rule decides, and why',
      edit: 'adds resolvers, uses profiles, moves what provider says',
    },
  },
  options: ['stage', 'verify', 'profile', 'region', 'resolver', 'service'],
  help: {
    verify: 'asks AWS whether the profiles of the service work',
    profile: 'the profile that a resolver or the service is to use',
    region: 'the region of a new resolver',
  },
  examples: ['resolvers', 'resolvers check --stage prod', 'resolvers explain --stage prod'],
  run: async (options, screen) => {
    const [{resolvers: run}, {realWorld}] = await Promise.all([
      import('../app/resolvers.js'),
      import('../app/wizard.js'),
    ])
    return run(options, screen, await realWorld(options))
  },
})
