import {defineCommand} from './define-command.js'

declare const __VERSION__: string

export const version = defineCommand({
  summary: 'tells the version',
  options: [],
  examples: ['version'],
  isAboutItself: true,
  runEarly: async () => {
    const {out} = await import('../frontends/output.js')
    out().write(`${__VERSION__}\n`)
    return 0
  },
  run: async () => 0,
})
