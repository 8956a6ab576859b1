import {defineCommand} from './define-command.js'

export const completion = defineCommand({
  summary: 'the script that completes commands and options in your shell',
  operand: {
    name: 'SHELL',
    isRequired: true,
    choices: {
      bash: 'source <(serverless-setup completion bash)',
      zsh: 'source <(serverless-setup completion zsh)',
      fish: 'serverless-setup completion fish | source',
      powershell: 'serverless-setup completion powershell | Out-String | Invoke-Expression',
    },
  },
  options: [],
  examples: ['completion bash', 'completion powershell'],
  isAboutItself: true,
  runEarly: async ({operands: [shell = '']}) => {
    const [{completionScript}, {out}] = await Promise.all([
      import('./completion-script.js'),
      import('../frontends/output.js'),
    ])
    out().write(completionScript(shell))
    return 0
  },
  run: async () => 0,
})
