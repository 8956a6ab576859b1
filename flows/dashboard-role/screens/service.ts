import type {AskStep} from '../../../src/engine/types.js'
import {say} from '../../../src/text/safe-text.js'
import {checkAppName, checkServiceName} from '../../../src/domain/names.js'
import {select, work} from '../../ask.js'
import type {Change} from '../../change/flow.js'
import type {DashboardRolePorts} from '../ports.js'
import type {DashboardRoleEvent, DashboardRoleState} from '../state.js'
import {words} from '../words.js'

type E = DashboardRoleEvent
type P = DashboardRolePorts

export function looking({change}: DashboardRoleState) {
  return work<E, P>({
    id: 'role-looking',
    title: words.looking,
    // The questions before it were about a service that is made now.
    isBarrier: change?.outcome?.kind === 'written',
    run: async (ports) => ({type: 'around', around: await ports.lookAround()}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function local({around, input}: DashboardRoleState) {
  return select<E, P, 'role' | 'keep'>({
    id: 'role-local',
    message: words.local.message,
    panels: [
      {
        kind: 'verdicts',
        rows: [{mark: 'fact', label: words.local.found, value: around?.local ?? say``}],
      },
      {kind: 'prose', lines: words.local.lines},
    ],
    choices: [
      ['role', words.local.role],
      ['keep', words.local.keep],
    ],
    unattended: {assume: input.isAsked ? 'role' : 'keep'},
    answer: (id) => ({type: 'local', keep: id === 'keep'}),
  })
}

export function template({around, input}: DashboardRoleState) {
  return select<E, P, string>({
    id: 'template',
    message: input.isPractice ? words.template.practiceMessage : words.template.message,
    panels: input.isPractice ? [{kind: 'prose', lines: [words.template.practice], tone: 'warning'}] : [],
    choices: (around?.templates ?? []).map(({id, name, hint}) => [id, {label: name, hint}]),
    unattended: {option: '--template-name NAME'},
    answer: (id) => ({type: 'template', id}),
  })
}

export function name(): AskStep<E, P> {
  return {
    kind: 'ask',
    id: 'service-name',
    question: {
      kind: 'text',
      message: words.name.message,
      hint: words.name.hint,
      initial: words.name.example,
      validate: checkServiceName,
    },
    unattended: {assume: words.name.example},
    answer: (value) => ({type: 'name', name: value as string}),
  }
}

export function makingOf({template: chosen = '', name: called = '', input}: DashboardRoleState): Change<P> {
  return {
    id: 'service-plan',
    heading: words.making.heading,
    message: words.making.message,
    yes: words.making.yes,
    isYes: input.isYes ?? false,
    isDryRun: input.isDryRun ?? false,
    plan: async (ports) => ports.planService({template: chosen, name: called}),
    write: async (ports, plan, context, options) => ports.writeService(plan, context, options),
  }
}

export function appName(): AskStep<E, P> {
  return {
    kind: 'ask',
    id: 'app-name',
    question: {
      kind: 'text',
      message: words.appName.message,
      hint: words.appName.hint,
      initial: words.appName.example,
      validate: checkAppName,
    },
    unattended: {option: '--app NAME'},
    answer: (value) => ({type: 'app-name', name: value as string}),
  }
}

export function fileOf({service, org, app, input}: DashboardRoleState): Change<P> {
  return {
    id: 'org-app-plan',
    heading: words.file.heading,
    message: words.file.message,
    isYes: input.isYes ?? false,
    isDryRun: input.isDryRun ?? false,
    plan: async (ports) => {
      if (!service || !org || app === undefined) throw new Error('There is nothing to plan in this state.')
      return ports.planOrgApp(service, {org: org.orgName, app})
    },
    write: async (ports, plan, context, options) => ports.writeOrgApp(plan, context, options),
  }
}
