import {resolvers as resolversFlow} from '../../flows/resolvers/flow.js'
import type {ResolversInput} from '../../flows/resolvers/state.js'
import type {Options} from './options.js'
import {present} from './present.js'
import {wizard, type World} from './wizard.js'
import type {OpenScreen} from '../frontends/open-screen.js'

/** `serverless-setup resolvers [check|explain|edit]`: with a person it leads on, else the report is the end. */
export async function resolvers(
  options: Options,
  screen: OpenScreen | undefined,
  world: World,
): Promise<number> {
  const {verify, yes, dryRun} = options
  const mode = modeOf(options)
  // With a person it is a part of the wizard, as a profile may have to be made on the way.
  if (mode === 'screens')
    return wizard(options, screen, {
      ...world,
      input: {
        ...world.input,
        path: 'resolvers',
        resolvers: {verify, isYes: yes, isDryRun: dryRun, isEdit: options.operands[0] === 'edit'},
      },
    })
  const {code} = await present(resolversFlow({mode, verify}), {
    ...world,
    options,
    screen,
    presets: new Map(),
  })
  return code
}

function modeOf({operands: [verb], json}: Options): ResolversInput['mode'] {
  if (verb === 'check' || verb === 'explain') return verb
  const hasPerson = process.stdin.isTTY && process.stdout.isTTY && !json
  return verb === 'edit' || hasPerson ? 'screens' : 'report'
}
