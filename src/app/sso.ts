import {sso as ssoFlow} from '../../flows/sso/flow.js'
import type {SsoMode} from '../../flows/sso/state.js'
import type {Options} from './options.js'
import {present} from './present.js'
import {afterwards, type World} from './wizard.js'
import {answersOf} from './options.js'
import {ssoInput} from './inputs.js'
import type {OpenScreen} from '../frontends/open-screen.js'

/** `serverless-setup sso [setup|login|logout|status|sync]`. */
export async function sso(options: Options, screen: OpenScreen | undefined, world: World): Promise<number> {
  const mode = (options.operands[0] ?? 'setup') as SsoMode
  const {code, ended} = await present(
    ssoFlow({...ssoInput(options), isPractice: world.badge !== undefined, mode}),
    {
      ...world,
      options,
      screen,
      presets: new Map([...answersOf(options.given), ...(world.presets ?? [])]),
    },
  )
  return ended.kind === 'done' ? afterwards(ended.outcome, code, options, world.env) : code
}
