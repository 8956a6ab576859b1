import {existsSync} from 'node:fs'
import {readArgs, HELP, type Options} from './args.js'
import {settingsPath} from './store/settings-path.js'
import type {Settings} from './store/settings.js'
import {openTerminal, type TerminalInput} from './frontends/terminal-input.js'

declare const __VERSION__: string

/**
 * Arguments -> command -> front end -> exit code. The only place that exits.
 *
 * Nothing heavy is imported here: raw mode is set first, so that keys typed while the rest loads are not echoed.
 */
const parsed = readArgs(process.argv.slice(2))
if ('what' in parsed) {
  process.stderr.write(`${parsed.what}\nExample: ${parsed.example}\n`)
  process.exitCode = 2
} else if (parsed.command === 'help') {
  process.stdout.write(HELP)
} else if (parsed.command === 'version') {
  process.stdout.write(`${__VERSION__}\n`)
} else {
  process.exitCode = await start(parsed)
  // A socket kept alive or a browser that was opened must not hold the terminal.
  process.exit()
}

async function start(options: Options): Promise<number> {
  if (options.command === 'doctor' && !options.fix && !options.json) return doctorOnly(options)
  const settings = await ownSettings()
  if (settings.colours === 'never') process.env['NO_COLOR'] = '1'
  const isPlain = options.plain || settings.frontEnd === 'plain'
  const terminal = wantsInk(options, isPlain) ? openTerminal(process.stdin, process.stdout) : undefined
  endWithTerminal(terminal)
  try {
    const {run} = await import('./run.js')
    return await run(options, terminal)
  } catch (error) {
    terminal?.restore()
    const {reportCrash} = await import('./report.js')
    return reportCrash(error, options)
  } finally {
    terminal?.restore()
  }
}

/** Asks nothing, and so needs nothing of the wizard. */
async function doctorOnly(options: Options): Promise<number> {
  try {
    const {doctorReport} = await import('./doctor-report.js')
    return await doctorReport(options)
  } catch (error) {
    const {reportCrash} = await import('./report.js')
    return reportCrash(error, options)
  }
}

/** Ink needs a terminal on both sides that can be redrawn; with CI set it would draw nothing until the end. */
function wantsInk(options: Options, isPlain: boolean): boolean {
  const {env, stdin, stdout} = process
  if (options.json || isPlain) return false
  return stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb' && !env['CI']
}

/** Most people have no settings file: then nothing is loaded for it. */
async function ownSettings(): Promise<Settings> {
  const path = settingsPath(process.env)
  if (!existsSync(path)) return {}
  const {readSettings} = await import('./store/settings.js')
  return readSettings(process.env)
}

/**
 * A hang-up or a kill gives the terminal back too. Ctrl+C is a key where the terminal is ours; without one, whoever
 * runs the flow ends it in order.
 */
function endWithTerminal(terminal: TerminalInput | undefined): void {
  const codes = {SIGHUP: 129, SIGTERM: 143, ...(terminal ? {SIGINT: 130} : {})}
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => {
      terminal?.restore()
      process.exit(code)
    })
  }
}
