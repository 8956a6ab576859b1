import {defineCommand} from './define-command.js'

export const help = defineCommand({
  summary: 'what a command takes',
  operand: {name: 'COMMAND'},
  options: [],
  examples: ['help', 'help sso', 'sso --help'],
  isAboutItself: true,
  runEarly: async ({operands: [name]}) => {
    const [{helpText}, {out}] = await Promise.all([
      import('./help-text.js'),
      import('../frontends/output.js'),
    ])
    out().write(helpText(name))
    return 0
  },
  run: async () => 0,
})
