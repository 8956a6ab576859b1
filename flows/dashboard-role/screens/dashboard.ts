import type {Offer, Panel, Turn} from '../../../src/engine/types.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {select, work} from '../../ask.js'
import type {DashboardRolePorts, Opened} from '../ports.js'
import type {DashboardRoleEvent, DashboardRoleState} from '../state.js'
import {words} from '../words.js'

type E = DashboardRoleEvent
type P = DashboardRolePorts

const failed = (problem: Extract<E, {type: 'problem'}>['problem']): E => ({type: 'problem', problem})

export function signIn({around, input}: DashboardRoleState) {
  // In practice it goes with the practice.
  const isKept = around !== undefined && input.isPractice !== true
  const kept = isKept ? [words.signIn.kept(around.signInFile)] : []
  return select<E, P, 'yes' | 'no'>({
    id: 'dashboard-sign-in',
    isMomentary: true,
    message: words.signIn.message,
    panels: [{kind: 'prose', lines: [...words.signIn.lines, ...kept]}],
    choices: [
      ['yes', words.signIn.yes],
      ['no', words.signIn.no],
    ],
    unattended: {assume: 'yes'},
    answer: (id) => ({type: 'sign-in', yes: id === 'yes'}),
  })
}

export function connecting() {
  return work<E, P>({
    id: 'dashboard-connecting',
    title: words.connecting,
    run: async (ports, context) => ({type: 'page', page: await ports.beginLogin(context)}),
    failed,
  })
}

export function waiting({page, input, around}: DashboardRoleState) {
  return work<E, P>({
    id: 'dashboard-waiting',
    title: words.waiting.title,
    panels: pagePanels(words.waiting.heading, words.waiting.lines, page),
    offers: pageOffers(page, input.isPractice),
    run: async (ports, context) => ({type: 'signed-in', who: await ports.awaitLogin(context)}),
    failed,
    trail: (event) => (event.type === 'signed-in' ? words.signedIn(event.who) : undefined),
    leaves: (event) =>
      event.type === 'signed-in' && around && !input.isPractice
        ? words.signIn.stays(around.signInFile)
        : undefined,
  })
}

/** Where no browser can be opened, a demo goes on without one. */
function allowInPractice(url: string): Offer<P> {
  return {
    key: 'a',
    label: words.waiting.allow,
    run: async (ports) => {
      await ports.practiceAllow?.(url)
      return {note: words.waiting.allowed}
    },
  }
}

/** What the person has to do in the browser; the address stands there in any case. */
function pagePanels(
  heading: Extract<Panel, {kind: 'heading'}>['text'],
  lines: Extract<Panel, {kind: 'prose'}>['lines'],
  page: Opened | undefined,
): Panel[] {
  return [
    {kind: 'heading', text: heading},
    {kind: 'prose', lines},
    ...(page?.makes ? [{kind: 'prose', lines: [page.makes]} as const] : []),
    {kind: 'link', url: safe(page?.url ?? '')},
    {kind: 'prose', lines: [page?.opened ?? say``], tone: 'dim'},
  ]
}

function pageOffers(page: Opened | undefined, isPractice = false): readonly Offer<P>[] {
  const url = page?.url ?? ''
  return [
    ...(isPractice ? [allowInPractice(url)] : []),
    {
      key: 'o',
      label: words.waiting.open,
      run: async (ports) => {
        const {opened, reason} = await ports.openPage(url)
        return {note: opened ? words.waiting.opened : (reason ?? words.waiting.notOpened)}
      },
    },
    {
      key: 'c',
      label: words.waiting.copy,
      run: async () => ({copy: [safe(url)], note: words.waiting.copied}),
    },
  ]
}

export function orgs() {
  return work<E, P>({
    id: 'orgs',
    title: words.orgs,
    run: async (ports, context) => ({type: 'orgs', orgs: await ports.orgs(context)}),
    failed,
  })
}

export function org({orgs: all}: DashboardRoleState) {
  return select<E, P, string>({
    id: 'org',
    message: words.org.message,
    choices: all.map(({orgName}) => [orgName, {label: safe(orgName)}]),
    isSearchable: true,
    unattended: {option: '--org NAME'},
    answer: (orgName) => ({type: 'org', orgName}),
  })
}

/** Right after registering there may be none yet. */
export function noOrg() {
  return select<E, P, 'retry' | 'leave'>({
    id: 'no-org',
    message: words.whatNow,
    panels: [
      {kind: 'heading', text: words.noOrg.heading},
      {kind: 'prose', lines: words.noOrg.lines},
      {kind: 'link', url: words.noOrg.page},
    ],
    offers: pageOffers({url: words.noOrg.page, opened: words.noOrg.heading}),
    choices: [
      ['retry', words.noOrg.again],
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => (id === 'retry' ? {type: 'go', to: 'orgs'} : {type: 'leave'}),
  })
}

export function apps({org: chosen}: DashboardRoleState) {
  return work<E, P>({
    id: 'apps',
    title: words.apps,
    run: async (ports, context) => {
      if (!chosen) throw new Error('There is no organisation in this state.')
      return {type: 'apps', apps: await ports.apps(chosen, context)}
    },
    failed,
  })
}

/** No app can have this name. */
const NEW_APP = '+ new app'

export function app({apps: all}: DashboardRoleState) {
  return select<E, P, string>({
    id: 'app',
    message: words.app.message,
    choices: [...all.map((each) => [each, {label: safe(each)}] as const), [NEW_APP, words.app.create]],
    isSearchable: all.length > 8,
    unattended: {option: '--app NAME'},
    answer: (id) => (id === NEW_APP ? {type: 'new-app'} : {type: 'app', app: id}),
  })
}

export function creatingApp({org: chosen, app: called = '', input}: DashboardRoleState) {
  return work<E, P>({
    id: 'creating-app',
    title: words.creatingApp(called),
    run: async (ports, context) => {
      if (!chosen) throw new Error('There is no organisation in this state.')
      await ports.createApp(chosen, called, context)
      return {type: 'app-created'}
    },
    failed,
    leaves: ({type}) =>
      type === 'app-created' && !input.isPractice ? words.appStays(called, chosen?.orgName ?? '') : undefined,
  })
}

export function opening({org: chosen, input}: DashboardRoleState) {
  return work<E, P>({
    id: 'role-opening',
    title: words.opening,
    run: async (ports, context) => {
      if (!chosen) throw new Error('There is no organisation in this state.')
      return {type: 'page', page: await ports.beginRole(chosen, context)}
    },
    failed,
    leaves: ({type}) => (type === 'page' && !input.isPractice ? words.roleStays : undefined),
  })
}

/** The role is made at AWS; here it is waited for, and may be waited for another time. */
export function waitingRole({org: chosen, page, around, input}: DashboardRoleState) {
  const ask: Turn<E> = {key: 's', label: words.role.ask, event: {type: 'go', to: 'asking-stack'}}
  const later: Turn<E> = {key: 'l', label: words.role.later, event: {type: 'later'}}
  return work<E, P>({
    id: 'role-waiting',
    title: words.role.title,
    panels: pagePanels(words.role.heading, words.role.lines, page),
    offers: pageOffers(page, input.isPractice),
    turns: [...(around?.canAskAws ? [ask] : []), later],
    run: async (ports, context) => {
      if (!chosen) throw new Error('There is no organisation in this state.')
      return {type: 'role', provider: await ports.awaitRole(chosen, context)}
    },
    failed,
  })
}
