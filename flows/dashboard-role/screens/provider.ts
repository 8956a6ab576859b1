import type {EndStep, Panel} from '../../../src/engine/types.js'
import {program, programElsewhere, wayTo} from '../../../src/text/program-name.js'
import {safe, say, type SafeText} from '../../../src/text/safe-text.js'
import {shell, word} from '../../../src/text/shell.js'
import {AFTER_THE_REAL_HERE, doneHeading, practiceEnd} from '../../practice-end.js'
import {select, work} from '../../ask.js'
import type {DashboardRolePorts, Provider} from '../ports.js'
import type {At, DashboardRoleEvent, DashboardRoleOutcome, DashboardRoleState} from '../state.js'
import {words} from '../words.js'
import {changedFiles, diffPanels} from '../../change/flow.js'

type E = DashboardRoleEvent
type P = DashboardRolePorts
type S = DashboardRoleState

export function providers({org}: S) {
  return work<E, P>({
    id: 'providers',
    title: words.providers,
    run: async (ports, context) => {
      if (!org) throw new Error('There is no organisation in this state.')
      return {type: 'providers', here: await ports.providers(org, context)}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

/** No Provider can have this ID. */
const CREATE = '+ new role'

export function provider({providers: all}: S) {
  const found = all.find(({isDefault}) => isDefault)
  const usual = found && idOf(found, all)
  return select<E, P, string>({
    id: 'provider',
    message: words.provider.message,
    choices: [
      ...all.map((each) => [idOf(each, all), {label: labelOf(each), hint: hintOf(each)}] as const),
      [CREATE, words.provider.create],
    ],
    initial: usual ?? CREATE,
    unattended: {option: '--provider ALIAS', ...(usual === undefined ? {} : {assume: usual})},
    answer: (id) => {
      const chosen = all.find((each) => idOf(each, all) === id)
      return chosen ? {type: 'provider', uid: chosen.providerUid} : {type: 'create'}
    },
  })
}

/** Its alias, by which a person knows it, unless two have the same. */
function idOf({alias, providerUid}: Provider, all: readonly Provider[]): string {
  return all.filter((each) => each.alias === alias).length === 1 ? alias : providerUid
}

function hintOf({detail, accountId}: Provider) {
  // The ARN of a role holds its account.
  const name = detail.startsWith('arn:') ? say`role ${detail.replace(/^.*\//, '')}` : detail
  return accountId === undefined ? detail : say`account ${accountId}, ${name}`
}

function labelOf({alias, isDefault}: Provider) {
  return isDefault ? say`${alias} (${words.provider.isDefault})` : safe(alias)
}

/** What the role may do and who can use it, before anything is opened. */
export function explain() {
  const {explain: text} = words
  return select<E, P, 'yes' | 'no'>({
    id: 'create-role',
    message: text.message,
    panels: [
      {kind: 'heading', text: text.heading},
      {
        kind: 'verdicts',
        rows: [
          {mark: 'fact', label: text.role, value: text.roleValue},
          {mark: 'fact', label: text.may, value: text.mayValue},
          {mark: 'fact', label: text.who, value: text.whoValue},
          {mark: 'fact', label: text.end, value: text.endValue},
        ],
      },
      {kind: 'prose', lines: text.lines},
    ],
    choices: [
      ['yes', text.yes],
      ['no', text.no],
    ],
    unattended: {option: '--yes'},
    answer: (id) => (id === 'yes' ? {type: 'create'} : {type: 'leave'}),
  })
}

export function late({around, events, page, providers: all}: S) {
  return select<E, P, 'wait' | 'again' | 'ask' | 'other' | 'later'>({
    id: 'role-late',
    message: words.whatNow,
    panels: [{kind: 'heading', text: words.late.heading}, ...latePanels(page, events)],
    choices: [
      ['wait', words.late.wait],
      ['again', words.late.again],
      ...(around?.canAskAws ? [['ask', words.late.ask] as const] : []),
      ...(all.length > 0 ? [['other', words.late.other] as const] : []),
      ['later', words.late.later],
    ],
    unattended: {assume: 'later'},
    answer: (id) => {
      const ways: Readonly<Record<string, At>> = {
        wait: 'waiting-role',
        again: 'explain',
        ask: 'asking-stack',
        other: 'provider',
      }
      const to = ways[id]
      return to ? {type: 'go', to} : {type: 'later'}
    },
    trail: false,
  })
}

/** What AWS said says more than what could be. */
function latePanels(page: S['page'], events: S['events']): Panel[] {
  const makes = page?.makes ? [page.makes] : []
  if (events.length > 0)
    return [
      {kind: 'prose', lines: makes},
      {kind: 'code', label: words.late.events, lines: events},
    ]
  return [
    {kind: 'prose', lines: [...makes, ...words.late.lines]},
    ...(page?.events ? [{kind: 'code', label: words.late.command, lines: [page.events]} as const] : []),
  ]
}

export function askingStack() {
  return work<E, P>({
    id: 'asking-stack',
    title: words.askingStack,
    run: async (ports, context) => ({type: 'stack', events: await ports.stackEvents(context)}),
    failed: ({what}) => ({type: 'stack', events: [what]}),
  })
}

export function use({provider: chosen, service, app, isNew}: S) {
  const canLink = service !== undefined && app !== undefined
  return select<E, P, 'default' | 'service' | 'neither'>({
    id: 'use-provider',
    // A role that was made is not unmade by going back.
    isBarrier: isNew === true,
    message: words.use.message(chosen?.alias ?? ''),
    panels: usePanels(chosen, isNew === true),
    choices: [
      ...(canLink ? [['service', words.use.service] as const] : []),
      ...(chosen?.isDefault ? [] : [['default', words.use.default] as const]),
      ['neither', words.use.neither],
    ],
    unattended: {assume: chosen?.isDefault || !canLink ? 'neither' : 'service'},
    answer: (id) => ({type: 'use', use: id}),
  })
}

function usePanels(chosen: Provider | undefined, isNew: boolean): Panel[] {
  if (!chosen) return []
  const account = chosen.accountId === undefined ? [] : [say`account ${chosen.accountId}`]
  return [
    {
      kind: 'verdicts',
      rows: [
        {
          mark: isNew ? 'good' : 'fact',
          label: isNew ? words.use.made : words.use.chosen,
          value: safe([safe(chosen.alias), ...account].join(', ')),
          note: chosen.detail,
        },
      ],
    },
    ...(chosen.otherAccount ? [{kind: 'prose', lines: [chosen.otherAccount], tone: 'warning'} as const] : []),
  ]
}

export function using({org, provider: chosen, service, app, use: wanted}: S) {
  return work<E, P>({
    id: 'using-provider',
    title: words.using,
    run: async (ports, context) => {
      if (!org || !chosen || wanted === undefined || wanted === 'neither')
        throw new Error('There is no Provider to use in this state.')
      const rest = {...(service ? {service} : {}), ...(app === undefined ? {} : {app})}
      await ports.useProvider({org, provider: chosen, as: wanted, ...rest}, context)
      return {type: 'used'}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function receipt(state: S) {
  const canDeploy = state.around?.canDeploy === true && !state.input.isPractice
  return select<E, P, 'deploy' | 'done'>({
    id: 'role-receipt',
    isBarrier: true,
    message: canDeploy ? words.receipt.message : words.receipt.finish,
    panels: receiptPanels(state),
    choices: [
      ...(canDeploy ? [['deploy', words.receipt.deploy] as const] : []),
      ['done', canDeploy ? words.receipt.done : words.receipt.doneAlone],
    ],
    initial: 'done',
    unattended: {assume: 'done'},
    answer: (id) => ({type: 'finish', deploy: id === 'deploy'}),
    trail: false,
  })
}

function receiptPanels(state: S): Panel[] {
  const {provider: chosen, org, app, service, input} = state
  const names = [say`org: ${org?.orgName ?? ''}`, say`app: ${app ?? ''}`]
  return [
    doneHeading(
      input.isPractice ? words.receipt.practiceHeading : words.receipt.heading,
      words.receipt,
      input.isPractice,
    ),
    {
      kind: 'code',
      label: input.isPractice ? AFTER_THE_REAL_HERE : words.receipt.next,
      lines: service?.next ?? [],
      runsIn: shell(),
    },
    {
      kind: 'verdicts',
      rows: [
        {
          mark: 'fact',
          label: words.receipt.provider,
          value: say`${chosen?.alias ?? ''}, ${chosen?.detail ?? say``}`,
        },
        ...(chosen?.accountId === undefined
          ? []
          : [{mark: 'fact', label: words.receipt.account, value: safe(chosen.accountId)} as const]),
        {mark: 'fact', label: words.receipt.org, value: safe(org?.orgName ?? '')},
        ...(app === undefined ? [] : [{mark: 'fact', label: words.receipt.app, value: safe(app)} as const]),
        service?.localInstead
          ? {mark: 'warning', label: words.receipt.used, value: service.localInstead}
          : {
              mark: 'fact',
              label: words.receipt.used,
              value: isUsed(state) ? words.receipt.usedValue : words.receipt.asBefore,
            },
      ],
    },
    ...(service?.canEdit === false
      ? [{kind: 'code', label: words.receipt.byHand, lines: names} as const]
      : []),
    ...(input.isPractice ? [practiceEnd(words.receipt)] : []),
  ]
}

/** To the folder of a service that was made, which is another than this one. */
function wayInto({service}: S) {
  return (service?.next ?? []).filter((line) => line.startsWith('cd '))
}

function resumePanel(state: S): Panel {
  const way = wayInto(state)
  return {
    kind: 'code',
    label: words.later.resume,
    lines: [...way, say`${way.length === 0 ? program() : programElsewhere()} --path role`],
  }
}

/** For who leaves once a service was made: it is found again by its folder. */
export function resumeOf({name: made, service, input}: S): {readonly resume?: SafeText} {
  if (made === undefined || service === undefined || input.isPractice) return {}
  return {resume: say`${program()} --path role --service ${word(wayTo(service.dir))}`}
}

/** Of a service that was made on this path, where it stands: whoever leaves has it all the same. */
function madePanels(state: S): Panel[] {
  const {name: made, service, input} = state
  if (made === undefined || service === undefined || input.isPractice) return []
  return [
    {
      kind: 'verdicts',
      rows: [{mark: 'good', label: words.making.made(made), value: service.file, note: words.making.undo}],
    },
    resumePanel(state),
  ]
}

/** What failed, and the ways on. */
export function trouble({problem, retry}: S) {
  return select<E, P, 'retry' | 'leave'>({
    id: 'role-problem',
    isMomentary: true,
    message: words.whatNow,
    panels: problem ? [{kind: 'problem', problem}] : [],
    choices: [
      ['retry', retry === 'sign-in' ? words.signInAgain : words.retry],
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => (id === 'retry' ? {type: 'go', to: retry ?? 'looking'} : {type: 'leave'}),
    trail: false,
  })
}

export function end(state: S): EndStep<DashboardRoleOutcome> {
  const outcome = state.outcome ?? {kind: 'declined'}
  const isLeft = outcome.kind === 'declined' || outcome.kind === 'failed'
  return {kind: 'end', id: 'end', isLeft, outcome, panels: lastPanels(state, outcome)}
}

function dryRunLines(state: S) {
  const {provider: chosen, change} = state
  if (!chosen) return [words.dryRun.nothing, words.dryRun.made]
  if (!isUsed(state)) return [words.dryRun.nothing, words.dryRun.left(chosen.alias)]
  const {connected, already} = words.dryRun
  return [words.dryRun.nothing, (changedFiles(change?.plan).length > 0 ? connected : already)(chosen.alias)]
}

/** One that was left as it is serves a deploy where it is the organisation's. */
function isUsed({provider: chosen, use: wanted}: S): boolean {
  return wanted !== 'neither' || chosen?.isDefault === true
}

function lastPanels(state: S, outcome: DashboardRoleOutcome): Panel[] {
  switch (outcome.kind) {
    case 'connected':
      return receiptPanels(state)
    case 'waiting': {
      if (state.input.isPractice)
        return [{kind: 'prose', lines: [words.receipt.practice], tone: 'warning'}, practiceEnd(words.receipt)]
      return [{kind: 'prose', lines: words.later.lines}, resumePanel(state)]
    }
    case 'dry-run':
      return [...diffPanels(state.change?.plan), {kind: 'prose', lines: dryRunLines(state), tone: 'warning'}]
    case 'continued':
      return [{kind: 'prose', lines: [words.continued]}]
    case 'failed':
      return [{kind: 'problem', problem: outcome.problem}, ...madePanels(state)]
    case 'declined':
      return [{kind: 'prose', lines: [words.declined]}, ...madePanels(state)]
  }
}
