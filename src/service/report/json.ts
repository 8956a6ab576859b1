/** A report on resolvers as data, for scripts. */
import type {Credentials} from '../resolvers/index.js'
import {findingPlace, type ServiceReport} from './report.js'

/** Without what is not fit to be shown. */
function shownOf<T extends Credentials>({profileName: _, ...shown}: T): Omit<T, 'profileName'> {
  return shown
}

export function reportJson(report: ServiceReport): Readonly<Record<string, unknown>> {
  const {path, whyNot, verdicts, rows, findings} = report
  if (whyNot) return {file: path, read: false, code: whyNot.code, why: whyNot.why}
  return {
    file: path,
    read: report.model !== undefined,
    stages: verdicts.map(({stage, deploys, reasons, resolves}) => ({
      stage,
      deploys: shownOf(deploys),
      reasons,
      variables: resolves.map(shownOf),
      resolvers: rows.filter((row) => row.stage === (stage as string)).map(({stage: _, ...row}) => row),
    })),
    findings: findings.map((finding) => ({...finding, place: findingPlace(path, finding)})),
  }
}
