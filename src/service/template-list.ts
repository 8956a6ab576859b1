/** Which services there are to begin with. Apart from what reads them, as the list is wanted early. */
import type {ValidationError} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'

export interface Template {
  readonly id: string
  readonly name: SafeText
  readonly hint: SafeText
}

export const DEFAULT_SERVICE_NAME = 'aws-node-project'

export const TEMPLATES: readonly Template[] = [
  {
    id: 'aws-node-simple',
    name: say`AWS / Node.js / Simple Function`,
    hint: say`one function, called by hand`,
  },
  {id: 'aws-node-http-api', name: say`AWS / Node.js / HTTP API`, hint: say`one function behind a URL`},
  {
    id: 'aws-node-express-api',
    name: say`AWS / Node.js / Express API`,
    hint: say`an Express app behind a URL`,
  },
  {
    id: 'aws-node-scheduled-task',
    name: say`AWS / Node.js / Scheduled Task`,
    hint: say`one function, called every minute`,
  },
  {id: 'aws-python-http-api', name: say`AWS / Python / HTTP API`, hint: say`one function behind a URL`},
]

/** A template is named as it is shown, or shorter. */
export function checkTemplateName(text: string): ValidationError | undefined {
  if (templateNamed(text)) return undefined
  return {
    what: say`There is no template of this name. There are: ${safe(TEMPLATES.map(({id}) => id).join(', '))}.`,
    example: say`aws-node-simple`,
  }
}

export function templateNamed(text: string): Template | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]+/g, '-')
  return TEMPLATES.find(({id, name}) => id === text || plain(name) === plain(text))
}
