/** Where a deploy in this folder is known to stop before anything is deployed, and why. */
import type {Snapshot} from '../credentials/snapshot.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {composedHere, type Composed} from './composed.js'
import {serviceHere, type ServiceHere, type ServiceOptions} from './here.js'

export interface Stop {
  /** Of the file of the service. */
  readonly path: string
  readonly why: SafeText
  /** A compose file names others beside it. */
  readonly isOneOfSeveral?: boolean
}

/** What is deployed from a folder: one service, or those that a compose file names. */
export interface Deployed {
  readonly service?: ServiceHere | undefined
  readonly composed?: Composed | undefined
}

/** What cannot be read is not known to stop. */
export function stopOf({service, composed}: Deployed): Stop | undefined {
  const stopped = (service ? [service] : (composed?.services ?? [])).find(stops)
  return stopped && {path: stopped.path, why: whyStopped(stopped), isOneOfSeveral: composed !== undefined}
}

/** The same for a deploy with options that it was not read with. */
export async function stopWith(s: Snapshot, options: ServiceOptions): Promise<Stop | undefined> {
  const service = await serviceHere(s, options).catch(() => undefined)
  const composed = service ? undefined : await composedHere(s, options).catch(() => undefined)
  return stopOf({service, composed})
}

/** A plain deploy; other stages stop by themselves. */
function stops({report}: ServiceHere): boolean {
  const [plain] = report.verdicts
  return plain !== undefined && (plain.deploys.by === 'error' || report.useless.includes(plain.stage))
}

/** Of one that stops: the first of its mistakes that has a name, else what its stage says. */
export function whyStopped({report}: ServiceHere): SafeText {
  const [plain] = report.verdicts
  const finding = report.findings.find(
    ({severity, stage}) => severity === 'error' && (stage === undefined || stage === plain?.stage),
  )
  const [remark] = report.remarks.values()
  return finding?.what ?? remark ?? say`What it deploys with is not on this machine.`
}
