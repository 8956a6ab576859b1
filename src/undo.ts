import {undo as undoFlow} from '../flows/undo/flow.js'
import type {Options} from './args.js'
import type {OpenScreen} from './frontends/open-screen.js'
import {out} from './output.js'
import {present} from './present.js'
import {EXIT} from './report.js'
import {forgetUndo} from './store/undo.js'
import {awsFiles} from './store/locations.js'
import {realPorts} from './wiring/ports.js'

/** `serverless-setup undo`: puts the AWS files back as they were before the last write. */
export async function undo(options: Options, screen: OpenScreen | undefined): Promise<number> {
  const {env} = process
  if (options.forget) return forget(options, env)
  const {code} = await present(undoFlow({isYes: options.yes}), {
    options,
    screen,
    env,
    ports: realPorts({env, options}),
    presets: new Map(options.yes ? [['undo', 'yes']] : []),
  })
  return code
}

const FORGET_WORDS = {
  forgotten: 'The version kept for undo is deleted. The AWS files are as they were.\n',
  'nothing-kept': 'There was nothing kept.\n',
} as const

/** `serverless-setup undo --forget`: deletes the kept versions, which hold the keys that were replaced. */
async function forget({json}: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const forgotten = await forgetUndo(awsFiles(env))
  const outcome = forgotten.length > 0 ? 'forgotten' : 'nothing-kept'
  out().write(json ? `${JSON.stringify({type: 'result', outcome})}\n` : FORGET_WORDS[outcome])
  return EXIT.done
}
