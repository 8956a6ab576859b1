import {firstView, looking, surveyed} from '../../flows/welcome/first.js'
import type {WelcomeEvent} from '../../flows/welcome/state.js'
import type {Options} from './options.js'
import type {Painter} from '../frontends/painter.js'

export {badgeOf} from './badge.js'
export {openScreen} from '../frontends/open-screen.js'

/** The first thing that happens in the wizard, when it has happened before its driver was there. */
export type Begun = WelcomeEvent

/**
 * Prints what a person sees first, as far as it needs no Ink: the wizard up to its first question, of any other
 * command the header. Resolves to what the wizard goes on from.
 */
export async function firstScreen(options: Options, painter: Painter): Promise<Begun | undefined> {
  if (options.command !== 'wizard') {
    painter.header()
    return undefined
  }
  const state = looking({})
  print(painter, state)
  // A path that was asked for leads beyond these screens.
  if (options.path !== undefined) return undefined
  const {survey} = await import('../adapters/survey.js')
  const found = await survey(process.env, options.service).catch(() => undefined)
  // What went wrong is told by the wizard, which looks again.
  if (!found) return undefined
  print(painter, surveyed(state, found))
  return {type: 'surveyed', survey: found}
}

function print(painter: Painter, state: Parameters<typeof firstView>[0]): void {
  const step = firstView(state)
  if (step) painter.step(step)
}
