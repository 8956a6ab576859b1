import {doctor} from '../flows/doctor/flow.js'
import type {Options} from './args.js'
import {Driver} from './engine/driver.js'
import {runSilent} from './frontends/silent.js'
import {err, out} from './output.js'
import {report, reportStack} from './report.js'
import {askedBy, doctorPorts} from './wiring/doctor.js'

/**
 * `serverless-setup doctor` where nothing is asked: the report is printed. It is a program of its own in the build, so
 * that nothing of the wizard has to be loaded for it.
 */
export async function doctorReport(options: Options): Promise<number> {
  const {env} = process
  const unexpected: unknown[] = []
  const driver = new Driver(doctor({verify: options.verify}), {
    ports: doctorPorts({env, asked: askedBy(options), folder: options.service}),
    isUnattended: true,
    onUnexpected: (error) => unexpected.push(error),
  })
  process.once('SIGINT', () => driver.cancel())
  const ended = await runSilent(driver, {stdout: out(), stderr: err(), env, prefix: ''})
  if (options.debug) for (const error of unexpected) reportStack(error)
  return report(ended, options, false)
}
