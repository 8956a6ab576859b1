/** Where a deploy in this folder is known to stop before anything is deployed, and why. */
import type {Snapshot} from '../credentials/snapshot.js'
import {say, type SafeText} from '../text/safe-text.js'
import {folderHere, noFolder, type Folder, type FolderOptions} from './folder.js'
import type {ServiceHere} from './here.js'

export interface Stop {
  /** Of the file of the service. */
  readonly path: string
  readonly why: SafeText
  /** A compose file names others beside it. */
  readonly isOneOfSeveral?: boolean
}

/** What cannot be read is not known to stop. */
export function stopOf({services, isComposed, gone: [gone]}: Folder): Stop | undefined {
  if (gone) return {...gone, isOneOfSeveral: true}
  const stopped = services.find(stops)
  return stopped && {path: stopped.path, why: whyStopped(stopped), isOneOfSeveral: isComposed}
}

/** The same for a deploy with options that it was not read with. */
export async function stopWith(s: Snapshot, options: FolderOptions): Promise<Stop | undefined> {
  return stopOf(await folderHere(s, options).catch(() => noFolder(s)))
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
