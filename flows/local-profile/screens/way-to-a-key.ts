import type {Offer, Panel} from '../../../src/engine/types.js'
import {cloudShellCommand, deploymentPolicyText} from '../../../src/domain/policies.js'
import {safe, say, type SafeText} from '../../../src/text/safe-text.js'
import {select, show, work} from '../../ask.js'
import {USERS_PAGE, consolePage, policyName} from '../console-pages.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState, KeyMethod} from '../state.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

/** From "Do you have an AWS account?" to a key on the person's screen. */
export function account() {
  return select<E, P, 'yes' | 'no'>({
    id: 'account',
    message: words.hasAccount.message,
    panels: [{kind: 'prose', lines: words.hasAccount.panel}],
    choices: [
      ['yes', {label: words.hasAccount.yes}],
      ['no', {label: words.hasAccount.no}],
    ],
    unattended: {assume: 'yes'},
    answer: (id) => ({type: 'account', hasOne: id === 'yes'}),
  })
}

export function openingSignUp() {
  return work<E, P>({
    id: 'opening-sign-up',
    title: words.openingSignUp,
    run: async (ports) => ({type: 'opened', note: await openNote(ports, words.signUp.url)}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function signUp(state: LocalProfileState) {
  return show<E, P>({
    id: 'sign-up',
    panels: [
      {kind: 'heading', text: words.signUp.heading},
      ...(state.input.isPractice
        ? [{kind: 'prose', lines: words.signUp.practice, tone: 'warning'} as const]
        : [
            {kind: 'prose', lines: words.signUp.lines} as const,
            {kind: 'link', url: safe(words.signUp.url)} as const,
          ]),
      ...(state.opened ? [{kind: 'prose', lines: [state.opened], tone: 'dim'} as const] : []),
    ],
    ...(state.input.isPractice ? {} : {offers: [openOffer(words.signUp.url)]}),
    proceed: words.signUp.proceed,
    next: {type: 'next'},
  })
}

export function method({input}: LocalProfileState) {
  const isRepair = input.intent === 'repair'
  return select<E, P, KeyMethod>({
    id: 'method',
    message: words.method.message,
    panels: [{kind: 'prose', lines: words.method.panel}],
    choices: isRepair
      ? [
          ['same-user', words.method.choices.sameUser],
          ['have', words.method.choices.have],
          ['console', words.method.choices.newUser],
        ]
      : [
          ['console', words.method.choices.console],
          ['cloudshell', words.method.choices.cloudshell],
          ['have', words.method.choices.have],
        ],
    unattended: {assume: 'have'},
    answer: (id) => ({type: 'method', method: id}),
  })
}

export function permissions() {
  return select<E, P, 'administrator' | 'deployment'>({
    id: 'permissions',
    message: words.policy.message,
    choices: [
      ['administrator', words.policy.choices.administrator],
      ['deployment', words.policy.choices.deployment],
    ],
    answer: (policy) => ({type: 'policy', policy}),
  })
}

export function console(state: LocalProfileState) {
  const page = consolePage(state.page, state.policy, state.method)
  const url = state.input.consoleUrl ?? USERS_PAGE
  const policy: Panel[] = page.hasPolicy
    ? [
        {
          kind: 'code',
          label: words.console.policyLabel,
          lines: policyLines(),
        },
      ]
    : []
  return show<E, P>({
    id: `console-${state.page + 1}`,
    panels: [
      {kind: 'heading', text: page.heading},
      {kind: 'steps', items: page.items, start: page.start},
      {kind: 'link', url: safe(url)},
      ...policy,
    ],
    offers: [openOffer(url), ...(page.hasPolicy ? copyOffers(policyLines()) : [])],
    proceed: page.proceed,
    next: {type: 'next'},
  })
}

export function cloudshell(state: LocalProfileState) {
  const command = cloudShellCommand({policy: state.policy}).map((line) => safe(line))
  return show<E, P>({
    id: 'cloudshell',
    panels: [
      {kind: 'heading', text: words.cloudshell.heading},
      {kind: 'prose', lines: [words.cloudshell.what(policyName(state.policy))]},
      {kind: 'steps', items: words.cloudshell.steps},
      {kind: 'link', url: safe(state.input.consoleUrl ?? words.cloudshell.url)},
      {
        kind: 'code',
        label: words.cloudshell.commandLabel,
        lines: command,
      },
    ],
    offers: [openOffer(state.input.consoleUrl ?? words.cloudshell.url), ...copyOffers(command)],
    proceed: words.cloudshell.proceed,
    next: {type: 'next'},
  })
}

function policyLines(): SafeText[] {
  return deploymentPolicyText('aws').map((line) => safe(line))
}

/** For what has to leave the terminal in one piece: into the clipboard, or printed where it can be selected. */
function copyOffers(lines: readonly SafeText[]): Offer<P>[] {
  return [
    {key: 'c', label: words.copy.offer, run: async () => ({copy: lines, note: words.copy.done})},
    {key: 'p', label: words.print.offer, run: async () => ({print: lines, note: words.print.done})},
  ]
}

function openOffer(url: string): Offer<P> {
  return {key: 'o', label: words.openPage, run: async (ports) => ({note: await openNote(ports, url)})}
}

async function openNote(ports: P, url: string) {
  const {opened, reason} = await ports.openPage(url)
  return opened ? words.pageOpened : words.pageNotOpened(reason ?? say`No browser could be opened.`)
}
