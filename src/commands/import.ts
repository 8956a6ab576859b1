import {defineCommand} from './define-command.js'
import {wizard} from './wizard.js'

export const importKey = defineCommand({
  summary: 'a key from a CSV, JSON, INI or export file, or from standard input',
  operand: {name: 'FILE', isRequired: true, isFile: true},
  options: ['profile', 'region', 'service', 'stage'],
  examples: ['import accessKeys.csv', 'import key.json --profile work --yes', 'import - --yes'],
  run: wizard.run,
})
