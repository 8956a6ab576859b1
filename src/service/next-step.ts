/**
 * What to run next once a profile is there, in the person's own shell, so that it does what the screen says. The one place
 * where such lines are made.
 */
import {basename} from 'node:path'
import {effective} from '../credentials/effective.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import {FILE_VARIABLES} from '../files/locations.js'
import type {Chosen, NextStep, ProfileAndRegion} from '../domain/next-step.js'
import {say, type SafeText} from '../text/safe-text.js'
import {setVariable} from '../text/shell.js'
import {atStop, beforeAll, type Before} from './before-deploy.js'
import {deployLine} from '../text/deploy-line.js'
import {resolversCommand} from './commands.js'
import {folderHere, noFolder, type Folder} from './folder.js'
import {rivals} from './rivals.js'
import {regionIn, regionOf, type ServiceHere} from './here.js'
import type {StageVerdict} from './resolvers/index.js'
import {ofSeveral} from './several.js'
import {stopOf, stopWith} from './stops.js'

const UNREAD = say`The file of the service here could not be read, so it is not known whether a deploy uses this profile.`

const OTHER_CLOUD = say`The service here is not one of AWS: this is for the folder of one that is.`

export async function nextStep(s: Snapshot, given: Chosen): Promise<NextStep> {
  let unread: readonly SafeText[] = []
  // Credentials were saved all the same: that must not be told as a failure.
  const here = await folderHere(s, {folder: given.folder}).catch(() => {
    unread = [UNREAD]
    return noFolder(s)
  })
  const elsewhere = await withOwnFiles(s, given, here)
  if (elsewhere) return elsewhere
  if (!here.deciding && here.services.length > 1) return ofSeveral(s, given, here)
  const {deciding: service, run} = here
  const {whyNot, model} = service?.report ?? {}
  if (service && !model) unread = [whyNot?.code === 'SERVICE_NOT_AWS' ? OTHER_CLOUD : UNREAD]
  const deploys = service?.report.verdicts[0]?.deploys
  const chosen = given.among ? {...given, ...oneOf(given.among, run, service)} : given
  const before = await beforeAll(s, chosen.folder)
  const {profile} = chosen
  const isDecided = deploys && (deploys.resolver !== undefined || !['chain', 'profile'].includes(deploys.by))
  if (profile !== undefined && isDecided && deploys.profileName !== profile) {
    const own = service?.report.verdicts.find((verdict) => verdict.deploys.profileName === profile)
    if (own) return ofStage(own, before, chosen)
    const path = service?.path ?? ''
    const why = deploys.by === 'error' ? say`${deploys.error?.text ?? ''}` : undefined
    if (why) return atStop({path, why})
    const {whatDeploys} = await import('./report/describe.js')
    return {
      notes: [
        say`A deploy of the service here uses ${whatDeploys(deploys)}: its file says so, and --aws-profile changes nothing about that.`,
      ],
      remarks: [],
      lines: [resolversCommand(path, 'edit')],
    }
  }
  const [plain] = service?.report.verdicts ?? []
  const own = isDecided ? regionArgs(plain, chosen) : options(run, chosen, service)
  const args = ['deploy', ...own]
  const isUsed = profile !== undefined && isFrom(effective(run, service?.asked), profile)
  // A profile that was not written cannot be judged; without one, it is a Provider of the Dashboard that deploys.
  const isJudged = profile === undefined ? given.among !== undefined : s.javascript.profiles.has(profile)
  const isOption = profile !== undefined && own.includes('--aws-profile')
  // With the option that the line would have, which changes what a deploy uses.
  const stop = !isJudged
    ? undefined
    : isOption
      ? await stopWith(s, {folder: chosen.folder, profile})
      : stopOf(here)
  if (stop) return atStop(stop)
  const {notes, forTerminal} = isDecided ? {notes: []} : rivals(s, chosen, isUsed, here)
  return {
    notes: [
      ...unread,
      ...otherAddress(chosen, run),
      ...byDashboard(plain),
      ...otherRegion(chosen, plain),
      ...notes,
    ],
    remarks: before.remarks,
    lines: [...before.lines, deployLine(args, chosen.shell, before.program)],
    args,
    ...(unread.length > 0 ? {isClosedHere: true as const} : {}),
    ...(profile !== undefined && deploys?.profileName === profile ? {isNamedHere: true as const} : {}),
    ...(isMissing(s, service?.asked?.profile) ? {isMissingHere: true as const} : {}),
    ...(forTerminal ? {forTerminal} : {}),
  }
}

/**
 * Where `.env` names other files, the profile of this terminal's files is none for a deploy: what is set already wins over
 * `.env`, so that these are named.
 */
async function withOwnFiles(
  s: Snapshot,
  {profile, ...given}: Chosen,
  {run}: Folder,
): Promise<NextStep | undefined> {
  const values = ({javascript}: Snapshot) => [...(javascript.profiles.get(profile ?? '') ?? [])].join('\n')
  const other = (['credentials', 'config'] as const).filter((kind) => run.added?.has(FILE_VARIABLES[kind]))
  if (profile === undefined || other.length === 0 || values(s) === values(run)) return undefined
  const own = Object.fromEntries(other.map((kind) => [FILE_VARIABLES[kind], s.paths[kind]]))
  const env = {...s.env, ...own}
  const next = await nextStep(await readSnapshot({env, now: s.now, isEc2: s.isEc2}), {...given, profile})
  const names = other.map((kind) => FILE_VARIABLES[kind])
  const {args: _, forTerminal: __, ...shown} = next
  return {
    ...shown,
    notes: [
      say`${basename(run.added?.get(names[0]!)?.path ?? '.env')} here sets ${names.join(', ')}: a deploy reads that, and not the file in which the profile ${profile} stands.`,
      ...next.notes,
    ],
    lines: [
      ...Object.entries(own).map(([name, path]) => setVariable(name, path, given.shell)),
      ...next.lines,
    ],
  }
}

function isMissing({javascript}: Snapshot, named: string | undefined): boolean {
  return named !== undefined && !javascript.profiles.has(named)
}

/** Of profiles that work now. What the file says otherwise stands there on purpose, and stays. */
function oneOf(
  among: readonly ProfileAndRegion[],
  run: Snapshot,
  service: ServiceHere | undefined,
): Pick<Chosen, 'profile' | 'region'> {
  const deploys = service?.report.verdicts[0]?.deploys
  const isByChain = deploys === undefined || deploys.by === 'chain'
  const used = isByChain ? effective(run, service?.asked).verdict.profile : deploys.profileName
  const one = among.find(({name}) => name === used) ?? (isByChain ? among[0] : undefined)
  return one ? {profile: one.name, ...(one.region === undefined ? {} : {region: one.region})} : {}
}

/** Only what changes anything: an option that says what is so already would be read as needed. */
function options(
  s: Snapshot,
  {profile, region}: Chosen,
  service: ServiceHere | undefined,
): readonly string[] {
  const asked = service?.asked ?? {}
  const isFixed = service !== undefined && regionIn(service) !== undefined
  const now = effective(s, asked)
  const isUsed = profile === undefined || isFrom(now, profile)
  // What the file names stands there on purpose: an option would win over it.
  const isThere = region === undefined || now.verdict.region?.name === region || isFixed
  return [...(isUsed ? [] : ['--aws-profile', profile]), ...(isThere ? [] : ['--region', region])]
}

/** A key is checked where this terminal sends requests. */
function otherAddress({profile}: Chosen, {added}: Snapshot): readonly SafeText[] {
  const address = [...(added ?? [])].find(([name]) => name.startsWith('AWS_ENDPOINT_URL'))
  if (!address || profile === undefined) return []
  const [name, {path}] = address
  return [
    say`${basename(path)} sets ${name}: a deploy here sends its requests there, where this key was not checked.`,
  ]
}

/** The profile deploys another stage than that of a plain deploy. */
function ofStage(verdict: StageVerdict, {lines, remarks, program: by}: Before, chosen: Chosen): NextStep {
  const args = ['deploy', '--stage', verdict.stage, ...regionArgs(verdict, chosen)]
  return {
    notes: otherRegion(chosen, verdict),
    remarks,
    lines: [...lines, deployLine(args, chosen.shell, by)],
    args,
  }
}

function byDashboard(verdict: StageVerdict | undefined): readonly SafeText[] {
  return verdict?.deploys.mayBeDashboard
    ? [
        say`If the Serverless Dashboard has a Provider for the service here, a deploy uses that, and no profile.`,
      ]
    : []
}

/** A resolver does not ask its profile for the region. */
function regionArgs(verdict: StageVerdict | undefined, {region}: Chosen): readonly string[] {
  if (verdict === undefined || region === undefined) return []
  const {value, line} = verdict.deploys.region
  return line !== undefined || value === region ? [] : ['--region', region]
}

/** Where the file of the service goes to another region than the one that was chosen for the profile. */
function otherRegion({region}: Chosen, verdict: StageVerdict | undefined): readonly SafeText[] {
  const own = verdict && regionOf(verdict)
  return own === undefined || region === undefined || own === region
    ? []
    : [
        say`A deploy of the service here goes to ${own}: its file says so, and the region of a profile changes nothing about that. The key was checked in ${region} alone.`,
      ]
}

function isFrom({outcome, verdict}: ReturnType<typeof effective>, profile: string): boolean {
  return outcome.kind === 'found' && verdict.profile === profile
}
