import {undo as undoFlow} from '../../flows/undo/flow.js'
import type {Options} from './options.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import {out} from '../frontends/output.js'
import {answersOf} from './options.js'
import {present} from './present.js'
import {EXIT, reportProblem} from './report.js'
import {forgetUndo} from '../files/undo.js'
import {journalAt} from '../files/journal.js'
import {cleanLeftovers} from '../files/clean.js'
import {awsFiles} from '../files/locations.js'
import {brokenOff} from '../files/overwrite.js'
import {resolveTarget} from '../files/resolve.js'
import {shownPath} from '../files/shown-path.js'
import {realPorts} from '../adapters/ports.js'
import {jsonText} from '../text/json-text.js'

/** `serverless-setup undo`: takes back what the last command wrote. */
export async function undo(options: Options, screen: OpenScreen | undefined): Promise<number> {
  const {env} = process
  // Before folders are taken away: what was left in them would keep them.
  await cleanLeftovers(awsFiles(env))
  // What these print stays where it is.
  if (options.forget || options.list) screen?.restore()
  if (options.forget) return forget(options, env)
  if (options.list) return list(options, env)
  const {code} = await present(undoFlow({isYes: options.yes, isDryRun: options.dryRun}), {
    options,
    screen,
    env,
    ports: realPorts({env, options}),
    presets: answersOf(options.given),
  })
  return code
}

const FORGET_WORDS = {
  forgotten: 'What was kept for undo is deleted. The files are as they were.\n',
  'nothing-kept': 'Nothing was kept for undo.\n',
  'dry-run': 'Dry run: what is kept for undo stays.\n',
} as const

/** `serverless-setup undo --forget`: deletes what is kept, which holds the keys that were replaced. */
async function forget({json, dryRun}: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const files = awsFiles(env)
  const outcome = dryRun ? 'dry-run' : (await forgetUndo(files)) > 0 ? 'forgotten' : 'nothing-kept'
  for (const path of [files.credentials, files.config]) {
    const problem = await brokenOff(await resolveTarget(path).catch(() => path), files.journal)
    // Its copy is the only whole version.
    if (problem) reportProblem(problem, {json})
  }
  out().write(json ? `${JSON.stringify({type: 'result', outcome})}\n` : FORGET_WORDS[outcome])
  return EXIT.done
}

/** `serverless-setup undo --list`: what can be taken back, the newest first. */
async function list({json}: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const files = awsFiles(env)
  const entries =
    files.journal === undefined
      ? []
      : (await journalAt(files.journal).read()).flatMap(({entry}) => entry ?? [])
  const shown = entries.map(({at, writes}) => ({
    at: new Date(at).toISOString(),
    files: [...new Set(writes.flat().map(({path}) => shownPath(path, files.home)))],
  }))
  if (json) out().write(`${jsonText({type: 'result', outcome: 'listed', entries: shown})}\n`)
  else if (shown.length === 0) out().write(FORGET_WORDS['nothing-kept'])
  else
    out().write(
      shown.map((entry, index) => `${index + 1}  ${entry.at}  ${entry.files.join(', ')}\n`).join(''),
    )
  return EXIT.done
}
