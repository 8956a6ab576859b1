import {sso as ssoFlow} from '../../flows/sso/flow.js'
import type {SsoMode} from '../../flows/sso/state.js'
import type {Options} from '../commands/read-args.js'
import {present} from './present.js'
import {afterwards, type World} from './wizard.js'
import {ssoInput, ssoPresets} from './sso-options.js'
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
      presets: new Map([...ssoPresets(options), ...regionPreset(options), ...(world.presets ?? [])]),
    },
  )
  return ended.kind === 'done' ? afterwards(ended.outcome, code, options, world.env) : code
}

function regionPreset({region}: Options): readonly (readonly [string, string])[] {
  return region === undefined ? [] : [['region', region]]
}
