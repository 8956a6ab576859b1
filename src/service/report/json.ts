/** A report on resolvers as data, for scripts. */
import {findingPlace, type ServiceReport} from './report.js'

export function reportJson(report: ServiceReport): Readonly<Record<string, unknown>> {
  const {path, whyNot, verdicts, rows, findings} = report
  if (whyNot) return {file: path, read: false, code: whyNot.code, why: whyNot.why}
  return {
    file: path,
    read: report.model !== undefined,
    stages: verdicts.map(({stage, deploys, reasons, resolves}) => ({
      stage,
      deploys,
      reasons,
      variables: resolves,
      resolvers: rows.filter((row) => row.stage === (stage as string)).map(({stage: _, ...row}) => row),
    })),
    findings: findings.map((finding) => ({...finding, place: findingPlace(path, finding)})),
  }
}
