import type {InForce, Survey} from '../../flows/welcome/ports.js'
import {keyInForce} from '../credentials/access-key.js'
import {effective, type Effective} from '../credentials/effective.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import {detailOf} from '../credentials/tools/verdict.js'
import type {Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {safe, say, type SafeText} from '../safety/safe-text.js'
import {findServiceFile} from '../service/find-file.js'
import {serviceHere, type ServiceHere} from '../service/here.js'
import {findService} from '../service/program.js'
import {fatalWords} from '../store/diagnose-fatal.js'
import {readSettings} from '../store/settings.js'
import {shownPath} from '../files/shown-path.js'
import {knownProfiles} from './known-profiles.js'
import {shownRelative} from './shown.js'
import {unreadable} from './unreadable.js'
import {word} from '../safety/shell.js'

/** What is on this machine, for the first screen. @param folder of the service, as `--service` gives it */
export async function survey(env: NodeJS.ProcessEnv, folder: string | undefined): Promise<Survey> {
  const {s, answer, inForce, wantedProfile} = await credentialsHere(env, folder)
  const [service, network, settings] = await Promise.all([
    findService(folder, env),
    networkNotes(env),
    readSettings(env),
  ])
  const problem = fileProblem(s)
  return {
    profiles: knownProfiles(s),
    canDeploy: service !== undefined,
    hasService: /\.(?:ya?ml|json)$/.test(findServiceFile(folder ?? '.') ?? ''),
    network,
    ...(problem ? {problem} : {}),
    ...(settings.lastRegion ? {lastRegion: settings.lastRegion} : {}),
    ...(wantedProfile === undefined ? {} : {wantedProfile}),
    ...(inForce ? {inForce} : {whyNone: answer.verdict.why, isUnused: hasTraces(s)}),
  }
}

/** Something that was meant as credentials, however it is written. */
function hasTraces({env, credentials, config}: Snapshot): boolean {
  const isMeant = ({document}: Snapshot['config']) =>
    /aws_(?:access_key_id|secret_access_key)|role_arn|sso_|credential_process|login_session/i.test(
      document.text,
    )
  return (
    Boolean(env['AWS_ACCESS_KEY_ID'] || env['AWS_SECRET_ACCESS_KEY']) || [credentials, config].some(isMeant)
  )
}

export interface CredentialsHere {
  readonly s: Snapshot
  readonly answer: Effective
  /** What a deploy would use now; nothing where it finds none at all. */
  readonly inForce?: InForce
  /** The profile that the service here names, and that is not there. */
  readonly wantedProfile?: string
}

/** On this machine and in this folder: where a service is there, what its file says decides first. */
export async function credentialsHere(
  env: NodeJS.ProcessEnv,
  folder: string | undefined,
): Promise<CredentialsHere> {
  const s = await readSnapshot({env})
  // A file that cannot be read is told where it is looked into.
  const service = await serviceHere(s, {folder}).catch(() => undefined)
  const answer = effective(s, service?.asked)
  const inForce = (service && (await decidedBy(service))) ?? inForceOf(s, answer)
  const named = service?.asked?.profile
  const isMissing = named !== undefined && !s.javascript.profiles.has(named)
  return {s, answer, ...(inForce ? {inForce} : {}), ...(isMissing ? {wantedProfile: named} : {})}
}

/** What the file of the service says by itself; nothing where it leaves the choice to the chain of AWS. */
async function decidedBy({asked, report, path}: ServiceHere): Promise<InForce | undefined> {
  const [verdict] = report.verdicts
  const file = shownRelative(path)
  const stops = (why: SafeText): InForce => ({
    source: say`nothing, as ${file} stands`,
    canCheck: false,
    problem: {
      code: 'SERVICE_STOPS_DEPLOY',
      what: say`A deploy of the service here would stop.`,
      why,
      nextSteps: [say`See where and why: \`${program()} resolvers\``],
    },
  })
  if (!report.model && !report.whyNot) {
    const [finding] = report.findings
    return stops(finding ? say`${finding.what} ${finding.why}` : say`The file cannot be read.`)
  }
  if (asked || !verdict) return undefined
  const {whatDeploys} = await import('../service/report/describe.js')
  const {deploys, stage} = verdict
  if (deploys.by === 'error') return stops(say`${deploys.error?.text ?? ''}`)
  const what = whatDeploys(deploys)
  return report.useless.includes(stage)
    ? stops(say`Stage ${stage}: ${what}.`)
    : {source: say`${what}, as ${file} says`, canCheck: false}
}

function inForceOf(s: Snapshot, answer: Effective): InForce | undefined {
  const {outcome, verdict} = answer
  const half = halfKeyPair(s, answer)
  if (outcome.kind === 'none' && !half) return undefined
  const problem = half ?? problemOf(answer)
  const profile = half ? answer.profile.name : verdict.profile
  const region = profile === undefined ? undefined : s.javascript.profiles.get(profile)?.get('region')
  return {
    source: outcome.kind === 'found' ? detailOf(outcome) : say`the profile ${profile ?? answer.profile.name}`,
    canCheck: !problem && keyInForce(s, outcome) !== undefined,
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
    ...(problem ? {problem} : {}),
  }
}

/** Why what is used cannot work, as far as it is known without asking AWS. */
function problemOf({outcome, verdict, fault}: Effective): Problem | undefined {
  const more = say`See all that decides it: \`${program()} doctor\``
  if (fault && outcome.kind === 'found')
    return {
      code: fault.code,
      what: say`AWS would refuse ${detailOf(outcome)}.`,
      why: fault.words,
      nextSteps: [more],
    }
  if (outcome.kind !== 'broken') return undefined
  return {
    code: 'CREDENTIALS_UNUSABLE',
    what: say`Serverless Framework would stop: its credentials cannot be used.`,
    why: say`${verdict.why} It says: ${outcome.words}`,
    nextSteps: [...(outcome.fix ? [outcome.fix] : []), more],
  }
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

/** The first thing that is wrong with the files, as far as it keeps a tool from reading them. */
function fileProblem(s: Snapshot): Problem | undefined {
  for (const {role, path, failure, document} of [s.credentials, s.config]) {
    const fault = s.paths.faults?.[role]
    if (fault) return fault
    if (failure) return failure.code === 'PERMISSION_DENIED' ? unreadable(s.paths, role) : failure
    const [fatal] = document.fatals
    if (!fatal) continue
    const {what, hurts, mend} = fatalWords(document, fatal)
    return {
      code: fatal.code,
      what: say`${shownPath(path, s.home)}, line ${document.lineAt(fatal.at)}: ${what}`,
      why: say`It keeps these from reading the file: ${hurts}.`,
      nextSteps: [mend],
    }
  }
  return undefined
}

/** What stands between this machine and AWS, in words; a fault in it is told when AWS is asked. */
async function networkNotes(env: NodeJS.ProcessEnv): Promise<readonly SafeText[]> {
  const isPlain = !Object.keys(env).some((name) =>
    /^AWS_ENDPOINT_URL|^AWS_USE_\w+_ENDPOINT$|proxy$|^AWS_CA_BUNDLE$/i.test(name),
  )
  if (isPlain) return []
  const {networkFrom, describeNetwork} = await import('../aws/network.js')
  try {
    return describeNetwork(await networkFrom(env))
  } catch (error) {
    return [safe(error instanceof Error ? error.message : error)]
  }
}
