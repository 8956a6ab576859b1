import type {DashboardRoleInput} from '../../flows/dashboard-role/state.js'
import type {Options} from '../commands/read-args.js'
import type {Answer} from '../engine/types.js'
import type {Complaint} from '../safety/problem.js'
import {safe, say} from '../safety/safe-text.js'
import {TEMPLATES, type Template} from '../service/template-list.js'

/** Options of the path through the Serverless Dashboard as the flow takes them. */
export function roleInput({yes, dryRun, role: {org, app}}: Options): DashboardRoleInput {
  return {
    isYes: yes,
    isDryRun: dryRun,
    ...(org === undefined ? {} : {org}),
    ...(app === undefined ? {} : {app}),
  }
}

/** The answers that those options give beforehand, by question. */
export function rolePresets({yes, role}: Options): Map<string, Answer> {
  const presets = new Map<string, Answer>()
  const preset = (id: string, answer: Answer | undefined) => {
    if (answer !== undefined) presets.set(id, answer)
  }
  preset('org', role.org)
  preset('app', role.app)
  preset('app-name', role.app)
  preset('provider', role.provider)
  preset('service-name', role.serviceName)
  preset('template', role.templateName === undefined ? undefined : templateOf(role.templateName)?.id)
  if (yes) presets.set('service-plan', 'yes').set('org-app-plan', 'yes').set('create-role', 'yes')
  return presets
}

/** A template is named as it is shown, or shorter. */
export function checkTemplateName(text: string): Complaint | undefined {
  if (templateOf(text)) return undefined
  return {
    what: say`There is no template of this name. There are: ${safe(TEMPLATES.map(({id}) => id).join(', '))}.`,
    example: say`aws-node-simple`,
  }
}

function templateOf(text: string): Template | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]+/g, '-')
  return TEMPLATES.find(({id, name}) => id === text || plain(name) === plain(text))
}
