/** What a deploy would use now, in one sentence, and why it cannot work as far as that is known without asking AWS. */
import type {InForce} from '../../flows/welcome/ports.js'
import {keyInForce} from '../credentials/access-key.js'
import {effective, type Effective, type Fault} from '../credentials/effective.js'
import {KEY_VARIABLES} from '../credentials/judge-key.js'
import {regionFault} from '../credentials/judge-region.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {firstOf} from '../credentials/tools/outcome.js'
import {takeOut} from '../credentials/take-out.js'
import {detailOf, list} from '../credentials/tools/verdict.js'
import type {Asked, SourceId} from '../credentials/types.js'
import type {Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {setVariable, word} from '../text/shell.js'
import {doctorCommand, resolversCommand} from '../service/commands.js'
import type {Folder} from '../service/folder.js'
import type {ServiceHere} from '../service/here.js'
import {whyStopped} from '../service/stops.js'
import {dotenvWords} from './dotenv-words.js'
import {shownRelative} from './shown.js'

/**
 * Nothing where a deploy finds none at all.
 * @param asked of what is not in the folder of a service
 */
export async function inForceHere(folder: Folder, asked: Asked = {}): Promise<InForce | undefined> {
  const {deciding, services, gone, isComposed, run} = folder
  if (isComposed) {
    const stopped = stopping(services, gone)
    if (stopped) return stopped
    if (!deciding && services.length > 1) return severalOf(services)
  }
  return inForceOne(run, deciding, effective(run, deciding?.asked ?? asked), dotenvWords(folder))
}

async function inForceOne(
  run: Snapshot,
  service: ServiceHere | undefined,
  answer: Effective,
  dotenv: SafeText | undefined,
): Promise<InForce | undefined> {
  return (
    (service && (await decidedBy(service, answer))) ??
    withDotenv(inForceOf(run, answer, service?.path), dotenv)
  )
}

/** The same where the Dashboard has no Provider for the service, which is not known here: what is on this machine. */
export async function localHere(folder: Folder): Promise<InForce | undefined> {
  const {deciding} = folder
  if (!deciding) return inForceHere(folder)
  const {report} = deciding
  const verdicts = report.verdicts.map((verdict) => {
    const {mayBeDashboard: _, ...deploys} = verdict.deploys
    return {...verdict, deploys}
  })
  return inForceHere({...folder, deciding: {...deciding, report: {...report, verdicts}}})
}

/** Of services that are deployed together, each with its own. */
async function severalOf(services: readonly ServiceHere[]): Promise<InForce> {
  const sources = await Promise.all(
    services.map(async (service) => {
      const {run, asked, path} = service
      const one = await inForceOne(run, service, effective(run, asked), dotenvWords(service))
      return say`${one?.source ?? say`nothing`} for ${shownRelative(path)}`
    }),
  )
  return {source: list(sources), canCheck: false}
}

/** Of services that are deployed together: one that stops, stops the deploy. */
function stopping(composed: readonly ServiceHere[], gone: Folder['gone']): InForce | undefined {
  const stopped = [
    ...gone,
    ...composed
      .filter(({isUsable}) => !isUsable)
      .map((service) => ({path: service.path, why: whyStopped(service)})),
  ]
  const [first] = stopped
  if (!first) return undefined
  const files = stopped.map(({path}) => shownRelative(path)).join(', ')
  return {
    source: say`nothing that is enough for ${files}`,
    canCheck: false,
    problem: {
      code: 'SERVICE_STOPS_DEPLOY',
      what: say`A deploy of the services here would stop at ${files}.`,
      why: first.why,
      nextSteps: [say`See where and why: \`${resolversCommand(first.path)}\``],
    },
  }
}

/** What decides and is seen nowhere in this shell is said beside what it decides. */
function withDotenv(inForce: InForce | undefined, said: SafeText | undefined): InForce | undefined {
  return inForce && said ? {...inForce, source: say`${inForce.source} (${said})`} : inForce
}

/** What the file of the service says by itself; nothing where it leaves the choice to the chain of AWS. */
async function decidedBy(
  {asked, report, path}: ServiceHere,
  {outcome, isUsable}: Effective,
): Promise<InForce | undefined> {
  const [verdict] = report.verdicts
  const file = shownRelative(path)
  const stops = (why: SafeText): InForce => ({
    source: say`nothing, as ${file} stands`,
    canCheck: false,
    problem: {
      code: 'SERVICE_STOPS_DEPLOY',
      what: say`A deploy of the service here would stop.`,
      why,
      nextSteps: [say`See where and why: \`${resolversCommand(path)}\``],
    },
  })
  if (report.whyNot && (outcome.kind === 'none' || report.whyNot.code !== 'SERVICE_IS_CODE')) return undefined
  if (report.whyNot)
    return {source: say`what ${file} says: it is a program, and is not run here`, canCheck: false}
  if (!report.model) {
    const [finding] = report.findings
    return stops(finding ? say`${finding.what} ${finding.why}` : say`The file cannot be read.`)
  }
  if (!verdict) return undefined
  const region = report.findings.find(({code, severity}) => code === 'REGION_UNKNOWN' && severity === 'error')
  if (region) return stops(region.what)
  const isStopped = report.useless.includes(verdict.stage)
  const remark = report.remarks.get(verdict.stage)
  if (asked && isStopped && isUsable && remark) return stops(remark)
  if (asked && !verdict.deploys.mayBeDashboard) return undefined
  const {whatDeploys} = await import('../service/report/describe.js')
  const {deploys, stage} = verdict
  if (deploys.by === 'error') return stops(say`${deploys.error?.text ?? ''}`)
  const what = whatDeploys(deploys)
  return isStopped
    ? stops(remark ?? say`Stage ${stage}: ${what}.`)
    : {source: say`${what}, as ${file} says`, canCheck: false}
}

function inForceOf(s: Snapshot, answer: Effective, path: string | undefined): InForce | undefined {
  const {outcome, verdict} = answer
  const half = halfKeyPair(s, answer)
  if (outcome.kind === 'none' && !half) return undefined
  const problem = half ?? problemOf(s, answer, path)
  const profile = half ? answer.profile.name : verdict.profile
  const region = profile === undefined ? undefined : s.javascript.profiles.get(profile)?.get('region')
  return {
    source: outcome.kind === 'found' ? detailOf(outcome) : sourceWords(answer),
    // Whether a key has ended AWS knows best.
    canCheck: (!problem || problem.code === 'KEY_EXPIRED') && keyInForce(s, outcome) !== undefined,
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
    ...(problem ? {problem} : {}),
  }
}

const OUTSIDE: Partial<Readonly<Record<SourceId, SafeText>>> = {
  environment: say`the key of the environment`,
  'web-identity-env': say`the web identity of the environment`,
  container: say`the role of the container`,
  instance: say`the role of the EC2 instance`,
}

/** Of what does not work: the profile, where it is in one. */
function sourceWords({outcome, profile}: Effective): SafeText {
  const source = outcome.kind === 'broken' ? outcome.source : undefined
  return (source && OUTSIDE[source]) ?? say`the profile ${profile.name}`
}

/** Why what is used cannot work, as far as it is known without asking AWS. */
function problemOf(
  s: Snapshot,
  {outcome, verdict, fault}: Effective,
  path: string | undefined,
): Problem | undefined {
  const more = say`See all that decides it: \`${doctorCommand(path)}\``
  if (fault && outcome.kind === 'found')
    return {
      code: fault.code,
      what:
        fault.code === 'KEY_EXPIRED'
          ? say`The time of ${detailOf(outcome)} is over.`
          : say`AWS would refuse ${detailOf(outcome)}.`,
      why: fault.words,
      nextSteps: [...wayOut(s, firstOf(outcome).source, fault), more],
    }
  if (outcome.kind !== 'broken') return undefined
  return {
    code: 'CREDENTIALS_UNUSABLE',
    what: say`Serverless Framework would stop: its credentials cannot be used.`,
    why: say`${verdict.why} It says: ${outcome.words}`,
    nextSteps: [...(outcome.fix ? [outcome.fix] : []), more],
  }
}

const TOKEN_VARIABLES = ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN']

/** What the shell holds wins over every profile: no new key of one would cure it. */
function wayOut(s: Snapshot, source: SourceId, {code}: Fault): readonly SafeText[] {
  const {env} = s
  if (code === 'REGION_UNKNOWN') {
    const example = regionFault({name: env['AWS_REGION'] ?? '', from: say`AWS_REGION`})?.example
    return env['AWS_REGION'] && example
      ? [say`Name one that does: \`${setVariable('AWS_REGION', example)}\``]
      : []
  }
  const names = code === 'TOKEN_BESIDE_LONG_LIVED_KEY' ? TOKEN_VARIABLES : KEY_VARIABLES
  const set = names.filter((name) => env[name])
  return source === 'environment' ? [say`So that it is not used: ${takeOut(s, set)}`] : []
}

/** Half a key is passed over by the chain, and is what a person has to know of. */
function halfKeyPair(s: Snapshot, {outcome, profile: {name}}: Effective): Problem | undefined {
  const data = s.javascript.profiles.get(name)
  const isHalf = data?.has('aws_access_key_id') !== data?.has('aws_secret_access_key')
  if (outcome.kind !== 'none' || !isHalf) return undefined
  return {
    code: 'HALF_KEY_PAIR',
    what: data?.has('aws_access_key_id')
      ? say`Profile ${name} has a key ID but no secret: it cannot work.`
      : say`Profile ${name} has a secret but no key ID: it cannot work.`,
    why: say`An access key is a pair, and AWS takes neither half alone.`,
    nextSteps: [say`Give it a whole key: \`${program()} --path local --profile ${word(name)}\``],
  }
}
