import {defineCommand} from './define-command.js'
import {wizard} from './wizard.js'

export const demo = defineCommand({
  summary: 'the wizard on a built-in practice AWS, in a temporary home',
  operand: {
    name: 'PATH',
    choices: {
      local: 'Save AWS Credentials in a Local Profile',
      sso: 'the set-up of AWS SSO',
      role: 'Create AWS IAM Role',
    },
  },
  // It has a folder of its own, so that nothing of the person's is touched.
  options: wizard.options.filter((name) => name !== 'service' && name !== 'path'),
  help: wizard.help ?? {},
  examples: ['demo', 'demo sso', 'demo role'],
  run: async (options, screen) => {
    const {demo: run} = await import('../app/demo.js')
    return run(options, screen)
  },
})
