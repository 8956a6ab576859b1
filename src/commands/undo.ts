import {defineCommand} from './define-command.js'

export const undo = defineCommand({
  summary: 'takes back what the last command wrote, and again the one before',
  options: ['list', 'forget'],
  examples: ['undo', 'undo --list', 'undo --dry-run', 'undo --forget'],
  run: async (options, screen) => {
    const {undo: run} = await import('../app/undo.js')
    return run(options, screen)
  },
})
