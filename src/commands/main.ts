/**
 * Arguments -> command -> front end -> exit code. The only place that exits.
 *
 * Raw mode is set and the first frame printed before anything heavy is loaded: keys typed meanwhile are not echoed,
 * and wait for whoever listens.
 */
import {existsSync} from 'node:fs'
import {refusedOption} from './check-values.js'
import {commandOf} from './index.js'
import {readArgs} from './read-args.js'
import type {Options} from '../app/options.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import {keepCompiled} from '../app/compile-cache.js'
import {drained, err, outputFailure} from '../frontends/output.js'
import {beginDryRun} from '../domain/dry-run.js'
import {currentFolder, programElsewhere} from '../text/program-name.js'
import {settingsPath} from '../files/settings-path.js'
import type {Settings} from '../files/settings.js'

void main()

async function main(): Promise<void> {
  let code = await carryOut(process.argv.slice(2))
  await drained()
  const failure = outputFailure()
  if (failure) {
    err().write(`Not all of the output could be written: ${failure.message}.\n`)
    code ||= 1
  }
  // A socket kept alive or a browser that was opened must not hold the terminal.
  process.exit(code)
}

async function carryOut(argv: readonly string[]): Promise<number> {
  const options = readArgs(argv)
  if ('what' in options) {
    const {reportUsage} = await import('../app/report.js')
    return reportUsage(options, {json: argv.includes('--json')})
  }
  let screen: OpenScreen | undefined
  try {
    const command = commandOf(options.command)
    if (currentFolder() === undefined && !command.isAboutItself) throw await folderGone()
    if (options.dryRun) beginDryRun()
    const early = command.runEarly?.(options)
    if (early) {
      endWithTerminal(undefined)
      return await early
    }
    const refused = await refusedOption(options)
    if (refused) {
      const {reportRefused} = await import('../app/report.js')
      return reportRefused(refused, options)
    }
    keepCompiled(options, process.env)
    const settings = await ownSettings()
    if (settings.colours === 'never') process.env['NO_COLOR'] = '1'
    const {badgeOf, firstScreen, openScreen} = await import('../app/first-screen.js')
    screen = wantsInk(options, settings) ? openScreen(process, badgeOf(options)) : undefined
    endWithTerminal(screen)
    const begun = screen && (await firstScreen(options, screen.painter))
    return await command.run(options, screen, begun)
  } catch (error) {
    screen?.restore()
    const {reportCrash} = await import('../app/report.js')
    return reportCrash(error, options)
  } finally {
    screen?.restore()
  }
}

async function folderGone(): Promise<Error> {
  const [{Failure}, {say}] = await Promise.all([
    import('../domain/problem.js'),
    import('../text/safe-text.js'),
  ])
  return new Failure({
    code: 'FOLDER_GONE',
    what: say`The folder that this terminal is in is no longer there.`,
    why: say`It was deleted or moved after you went into it.`,
    nextSteps: [say`Go into one that is there: \`cd\``, say`Then try again: \`${programElsewhere()}\``],
  })
}

/** Ink needs a terminal on both sides that can be redrawn; with CI set it would draw nothing until the end. */
function wantsInk(options: Options, settings: Settings): boolean {
  const {env, stdin, stdout} = process
  if (options.json || options.plain || settings.frontEnd === 'plain') return false
  return stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb' && !env['CI']
}

/** Most people have no settings file: then nothing is loaded for it. */
async function ownSettings(): Promise<Settings> {
  if (!existsSync(settingsPath(process.env))) return {}
  const {readSettings} = await import('../files/settings.js')
  return readSettings(process.env)
}

/**
 * A hang-up or a kill gives the terminal back too. Ctrl+C is a key where the terminal is ours; without one, whoever
 * runs the flow ends it in order.
 */
function endWithTerminal(screen: OpenScreen | undefined): void {
  const codes = {SIGHUP: 129, SIGTERM: 143, ...(screen ? {SIGINT: 130} : {})}
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => {
      screen?.restore()
      process.exit(code)
    })
  }
}
