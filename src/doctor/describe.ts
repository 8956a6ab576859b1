/** The diagnosis as panels: the verdict first, then why, where tools differ, and what to do. Reads well in 60 columns. */
import type {Mark, Panel, Verdict} from '../engine/types.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {validity} from '../text/time.js'
import type {Source, Standing, ToolVerdict} from '../credentials/types.js'
import type {Diagnosis, Finding, Severity} from './types.js'

/** More findings than fit on a screen are counted. */
const MAX_FINDINGS = 20

/** The verdict in a few rows. */
export function verdictPanels(diagnosis: Diagnosis): readonly Panel[] {
  return headline(
    diagnosis,
    diagnosis.tools.find(({id}) => id === 'serverless')!,
  )
}

/** @param isGood nothing else is known to be wrong, such as in the file of a service */
export function diagnosisPanels(diagnosis: Diagnosis, isGood = true): readonly Panel[] {
  const {sources, findings} = diagnosis
  const different = differences(diagnosis)
  return [
    ...verdictPanels(diagnosis),
    {kind: 'heading', text: say`Where they come from`},
    {kind: 'verdicts', rows: chainRows(sources, diagnosis)},
    ...different,
    ...findingPanels(findings, different.length > 0, isGood && diagnosis.isUsable),
    ...(findings.length === 0 ? [] : hints(findings)),
  ]
}

function headline(
  {isUsable, givesNothing, isEnded, sources, takenAt}: Diagnosis,
  verdict: ToolVerdict,
): readonly Panel[] {
  const winner = sources.find(({standing}) => standing === 'wins')
  const fact = (label: SafeText, value: SafeText): Verdict => ({mark: 'fact', label, value})
  const region = verdict.region
    ? [fact(say`Region`, say`${verdict.region.name} (${verdict.region.from})`)]
    : []
  if (!winner || verdict.failure) {
    const {words, kind, fix} = verdict.failure ?? {words: say``, kind: 'none'}
    return [
      {
        kind: 'prose',
        tone: 'bad',
        lines: [
          kind === 'none'
            ? say`Serverless Framework finds no AWS credentials here.`
            : say`Serverless Framework would stop: its credentials cannot be used.`,
        ],
      },
      {
        kind: 'verdicts',
        rows: [
          fact(say`It says`, words),
          fact(say`Why`, verdict.why),
          ...(fix ? [fact(say`Next`, fix)] : []),
          ...region,
        ],
      },
    ]
  }
  const until = winner.expiresAt === undefined ? undefined : validity(winner.expiresAt, takenAt)
  return [
    {
      kind: 'prose',
      tone: isUsable ? 'good' : 'bad',
      lines: [
        isUsable
          ? say`Serverless Framework would use ${winner.detail ?? winner.label}.`
          : givesNothing
            ? say`Serverless Framework would use ${winner.detail ?? winner.label}, and it gives nothing that works.`
            : isEnded
              ? say`Serverless Framework would use ${winner.detail ?? winner.label}, whose time is over.`
              : say`Serverless Framework would use ${winner.detail ?? winner.label}, and AWS would refuse it.`,
      ],
    },
    {
      kind: 'verdicts',
      rows: [
        fact(say`Why`, verdict.why),
        ...(winner.whose ? [{mark: 'good', label: say`Whose`, value: winner.whose} as const] : []),
        // What AWS has just taken was renewed on the way.
        ...(until && !(winner.whose && until.startsWith('expired')) ? [fact(say`Valid`, until)] : []),
        ...region,
      ],
    },
  ]
}

const STANDINGS: Readonly<Record<Standing, Mark>> = {
  wins: 'good',
  loses: 'fact',
  absent: 'fact',
  broken: 'bad',
}

/** What is there, one row each; what is not, in one row. */
function chainRows(
  sources: readonly Source[],
  {takenAt: now, isUsable}: Pick<Diagnosis, 'takenAt' | 'isUsable'>,
): readonly Verdict[] {
  const rows = sources
    .filter(({isFound}) => isFound)
    .map((source): Verdict => {
      const what = source.detail ?? source.where
      const value = what && source.detail && source.where ? say`${what} (${source.where})` : what
      const until = source.expiresAt === undefined ? undefined : validity(source.expiresAt, now)
      const end = until?.startsWith('expired') ? say`It ${until}.` : until ? say`It is valid ${until}.` : ''
      return {
        // What wins and is refused by AWS is not told as good.
        mark: source.standing === 'wins' && !isUsable ? 'bad' : STANDINGS[source.standing],
        label: source.label,
        ...(value ? {value} : {}),
        ...(source.standing === 'wins' ? {} : {note: end ? say`${source.why} ${end}` : source.why}),
      }
    })
  const absent = sources.filter(({isFound}) => !isFound).map(({label}) => label)
  if (absent.length === 0) return rows
  return [...rows, {mark: 'fact', label: say`Not there`, value: say`${absent.join(', ')}`}]
}

/** Only where another tool would do something else. Tools that do the same share a row. */
function differences({tools, isUsable}: Pick<Diagnosis, 'tools' | 'isUsable'>): readonly Panel[] {
  const differing = new Set(tools.map(essence)).size > 1
  const regions = new Set(tools.flatMap(({region, winner}) => (region && winner ? [region.name] : [])))
  const [first] = tools
  if (!first || !(differing || regions.size > 1)) return []
  const groups = new Map<string, ToolVerdict[]>()
  for (const tool of tools) {
    const key = `${essence(tool)} ${tool.region?.name ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), tool])
  }
  const rows = [...groups.values()].map((group): Verdict => {
    const tool = group[0]!
    const isSame = essence(tool) === essence(first)
    const note = isSame ? undefined : (tool.failure?.words ?? tool.why)
    return {
      mark: tool.failure || (isSame && !isUsable) ? 'bad' : isSame ? 'good' : 'warning',
      label: labelOf(group),
      value: say`${whatOf(tool)}; ${tool.region?.name ?? 'no region'}`,
      ...(note ? {note} : {}),
    }
  })
  return [
    {kind: 'heading', text: differing ? say`Tools differ here` : say`Tools differ about the region`},
    {kind: 'verdicts', rows},
  ]
}

function whatOf({failure, detail, winner}: ToolVerdict): SafeText {
  if (!failure) return detail ?? say`${winner}`
  return failure.kind === 'none' ? say`finds none` : say`stops with an error`
}

const TOGETHER: Readonly<Record<string, SafeText>> = {
  'serverless javascript': say`Serverless, SDK for JS`,
  'cli cli2': say`AWS CLI, Python tools`,
  'javascript cli cli2': say`SDK for JS, AWS CLI`,
  'javascript cli2': say`SDK for JS, AWS CLI 2`,
  'serverless javascript cli2': say`Serverless, JS, AWS CLI 2`,
}

function labelOf(group: readonly ToolVerdict[]): SafeText {
  const known = TOGETHER[group.map(({id}) => id).join(' ')]
  return known ?? say`${group.map(({label}) => label).join(', ')}`
}

function essence({winner, profile, accessKeyId, failure}: ToolVerdict): string {
  return failure ? failure.kind : [winner, profile, accessKeyId].join(' ')
}

const MARKS: Readonly<Record<Severity, Mark>> = {error: 'bad', warning: 'warning', note: 'fact'}

function findingPanels(
  findings: readonly Finding[],
  isDifferent: boolean,
  isGood: boolean,
): readonly Panel[] {
  if (findings.length === 0 && !isGood) return []
  if (findings.length === 0)
    return [
      {
        kind: 'prose',
        tone: 'good',
        lines: [
          isDifferent
            ? say`No mistake was found: the tools differ by rules of their own.`
            : say`Nothing is wrong.`,
        ],
      },
    ]
  const rows = findings.slice(0, MAX_FINDINGS).map(({severity, what, where, fix}): Verdict => ({
    mark: MARKS[severity],
    label: where ? say`${what} (${where})` : what,
    ...(fix ? {note: fix} : {}),
  }))
  const rest = findings.length - rows.length
  return [
    {kind: 'heading', text: say`Found`},
    {
      kind: 'verdicts',
      rows: rest > 0 ? [...rows, {mark: 'fact', label: say`… and ${rest} more`}] : rows,
    },
  ]
}

function hints(findings: readonly Finding[]): readonly Panel[] {
  const mendable = findings.filter(({mend}) => mend !== undefined).length
  if (mendable === 0) return []
  const lines: SafeText[] = [
    mendable === 1
      ? say`One of these can be mended for you: \`${program()} doctor --fix\``
      : say`${mendable} of these can be mended for you: \`${program()} doctor --fix\``,
  ]
  return [{kind: 'prose', tone: 'dim', lines}]
}
