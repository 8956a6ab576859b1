import {undo as undoFlow} from '../flows/undo/flow.js'
import type {Options} from './args.js'
import type {TerminalInput} from './frontends/terminal-input.js'
import {present} from './present.js'
import {realPorts} from './wiring/ports.js'

/** `serverless-setup undo`: puts the AWS files back as they were before the last write. */
export async function undo(options: Options, terminal: TerminalInput | undefined): Promise<number> {
  const {env} = process
  const {code} = await present(undoFlow({isYes: options.yes}), {
    options,
    terminal,
    env,
    ports: realPorts({env, options}),
    presets: new Map(options.yes ? [['undo', 'yes']] : []),
  })
  return code
}
