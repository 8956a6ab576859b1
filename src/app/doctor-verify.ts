import {doctor} from '../../flows/doctor/flow.js'
import type {Options} from './options.js'
import {Driver} from '../engine/driver.js'
import {runSilent} from '../frontends/silent.js'
import {err, out} from '../frontends/output.js'
import {report, reportStack} from './report.js'
import {askedBy} from '../adapters/asked.js'
import {doctorPorts} from '../adapters/doctor.js'

/** `serverless-setup doctor --verify` where nothing is asked: AWS answers, and the report is printed. */
export async function doctorVerify(options: Options): Promise<number> {
  const {env} = process
  const unexpected: unknown[] = []
  const driver = new Driver(doctor({verify: true}), {
    ports: doctorPorts({env, asked: askedBy(options), folder: options.service, stage: options.stage}),
    isUnattended: true,
    onUnexpected: (error) => unexpected.push(error),
  })
  process.once('SIGINT', () => driver.cancel())
  const ended = await runSilent(driver, {stdout: out(), stderr: err(), env, prefix: ''})
  if (options.debug) for (const error of unexpected) reportStack(error)
  return report(ended, options, false)
}
