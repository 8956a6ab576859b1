import {widthOf} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import {words} from '../../flows/doctor/words.js'
import type {Options} from './options.js'
import {printable, wantsColour} from '../frontends/ansi.js'
import {err, out} from '../frontends/output.js'
import {askedBy} from '../adapters/asked.js'
import {checkup} from '../adapters/checkup.js'

/**
 * `serverless-setup doctor` where neither a person nor AWS is asked: the report is printed. It is a program of its own in
 * the build, so that nothing of the wizard has to be loaded for it.
 */
export async function doctorReport(options: Options): Promise<number> {
  const {env} = process
  err().write(`${words.looking}\n`)
  const {report, isUsable} = await checkup({
    env,
    asked: askedBy(options),
    folder: options.service,
    stage: options.stage,
  })
  const {isTTY, columns} = out()
  const rows = panelLines(report, widthOf(isTTY ? columns : undefined))
  out().write(`\n${printable(rows, wantsColour(out(), env))}`)
  return isUsable ? 0 : 1
}
