import {resolvers as resolversFlow} from '../flows/resolvers/flow.js'
import type {ResolversInput} from '../flows/resolvers/state.js'
import type {Options} from './args.js'
import {present} from './present.js'
import type {World} from './run.js'
import type {TerminalInput} from './frontends/terminal-input.js'

/** `serverless-setup resolvers [check|explain|edit]`: with a person it leads on, else the report is the end. */
export async function resolvers(
  options: Options,
  terminal: TerminalInput | undefined,
  world: World,
): Promise<number> {
  const {verify, yes, dryRun} = options
  const {code} = await present(resolversFlow({mode: modeOf(options), verify, isYes: yes, isDryRun: dryRun}), {
    ...world,
    options,
    terminal,
    presets: new Map(yes ? [['resolvers-plan', 'yes']] : []),
  })
  return code
}

function modeOf({operands: [verb], json}: Options): ResolversInput['mode'] {
  if (verb === 'check' || verb === 'explain') return verb
  const hasPerson = process.stdin.isTTY && process.stdout.isTTY && !json
  return verb === 'edit' || hasPerson ? 'screens' : 'report'
}
