import type {Offer, Panel} from '../../../src/engine/types.js'
import {safe} from '../../../src/text/safe-text.js'
import {select, work} from '../../ask.js'
import {staying} from '../next.js'
import type {SsoPorts, Waiting} from '../ports.js'
import type {SsoEvent, SsoState} from '../state.js'
import {words} from '../words.js'

type E = SsoEvent
type P = SsoPorts

export function connecting({session, way, isForced}: SsoState) {
  return work<E, P>({
    id: 'sso-connecting',
    title: words.connecting(session?.name ?? ''),
    run: async (ports, context) => {
      if (!session) throw new Error('There is no session to sign in to in this state.')
      const request = {session, way, ...(isForced ? {isForced} : {})}
      return {type: 'sign-in', signIn: await ports.beginSignIn(request, context)}
    },
    failed: (problem) => ({type: 'problem', problem}),
    // A session that is still good needs no browser, and that is worth a line.
    trail: (event) =>
      event.type === 'sign-in' && event.signIn.kind === 'signed-in'
        ? words.signedIn(event.signIn.until)
        : undefined,
  })
}

/** The page and the code stand on the screen while the program waits for what is done in the browser. */
export function waiting({session, waiting: wait, input}: SsoState) {
  if (!wait) throw new Error('Nothing is waited for in this state.')
  const other = wait.way === 'browser' ? 'device' : 'browser'
  return work<E, P>({
    id: 'sso-waiting',
    title: words.waiting.title,
    panels: waitingPanels(wait),
    offers: [
      {
        key: 'o',
        label: words.waiting.open,
        run: async (ports) => {
          const {opened, reason} = await ports.openPage(wait.page)
          return {note: opened ? words.waiting.opened : (reason ?? words.waiting.notOpened)}
        },
      },
      {
        key: 'c',
        label: wait.code === undefined ? words.waiting.copyPage : words.waiting.copyCode,
        run: async () => ({copy: [safe(wait.code ?? wait.page)], note: words.waiting.copied}),
      },
      ...(input.isPractice ? [allowInPractice(wait.page)] : []),
    ],
    turns: [{key: 's', label: words.waiting.switch[other], event: {type: 'switch', way: other}}],
    run: async (ports, context) => {
      if (!session) throw new Error('There is no session to sign in to in this state.')
      return {type: 'signed-in', signedIn: await ports.awaitSignIn(session, context)}
    },
    failed: (problem) => ({type: 'problem', problem}),
    trail: (event) => (event.type === 'signed-in' ? words.signedIn(event.signedIn.until) : undefined),
  })
}

/** Where no browser can be opened, a demo goes on without one. */
function allowInPractice(page: string): Offer<P> {
  return {
    key: 'a',
    label: words.waiting.allow,
    run: async (ports) => {
      await ports.practiceAllow?.(page)
      return {note: words.waiting.allowed}
    },
  }
}

function waitingPanels({way, page, shortPage, code, opened, lasts}: Waiting): Panel[] {
  const secrecy = way === 'device' ? [words.waiting.secrecy] : []
  const note: Panel = {kind: 'prose', lines: [opened, words.waiting.lasts(lasts), ...secrecy], tone: 'dim'}
  if (way === 'browser')
    return [
      {kind: 'heading', text: words.waiting.browser.heading},
      {kind: 'prose', lines: words.waiting.browser.lines},
      {kind: 'link', url: safe(page)},
      note,
    ]
  // The code comes first: whatever has to scroll on a small screen, it must be seen.
  return [
    {kind: 'heading', text: words.waiting.device.heading},
    {kind: 'code', label: words.waiting.device.code, lines: [safe(code ?? '')]},
    {kind: 'link', label: words.waiting.device.open, url: safe(page)},
    ...(shortPage === undefined || shortPage === page
      ? []
      : [{kind: 'link', label: words.waiting.device.typed, url: safe(shortPage)} as const]),
    note,
  ]
}

export function notSignedIn({problem, way}: SsoState) {
  const other = way === 'browser' ? 'device' : 'browser'
  const change = ['session', words.notSignedIn.session] as const
  return select<E, P, 'again' | 'other' | 'session' | 'leave'>({
    id: 'sso-not-signed-in',
    isMomentary: true,
    message: words.whatNow,
    panels: problem ? [{kind: 'problem', problem}] : [],
    // Where the portal itself is refused, the same once more is refused once more.
    choices: [
      ...(problem?.code === 'SSO_PORTAL_REFUSED' ? [change] : []),
      ['again', words.notSignedIn.again],
      ['other', words.notSignedIn.other[other]],
      ...(problem?.code === 'SSO_PORTAL_REFUSED' ? [] : [change]),
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => {
      if (id === 'leave') return {type: 'leave'}
      return id === 'session'
        ? {type: 'go', to: 'reading'}
        : {type: 'switch', way: id === 'again' ? way : other}
    },
    trail: false,
  })
}

/** A sign-in without a change of files: only its token is kept. */
export function keeping(state: SsoState) {
  const {session, profiles: wanted} = state
  return work<E, P>({
    id: 'sso-keeping',
    title: words.keeping,
    isCritical: true,
    run: async (ports, context) => {
      if (!session) throw new Error('There is no session to keep in this state.')
      const where = await ports.keepToken(session, context)
      // Profiles that are to be saved first are asked about after that.
      const known = staying(state)
      if (wanted.length > 0 || known.length === 0) return {type: 'kept', where}
      return {type: 'kept', where, next: await ports.nextStep({among: known})}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}
