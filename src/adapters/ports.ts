import type {Verified} from '../../flows/local-profile/ports.js'
import type {WelcomePorts, Whose} from '../../flows/welcome/ports.js'
import type {UndoPorts} from '../../flows/undo/flow.js'
import {askingRegion, keyInForce, profileKey} from '../credentials/access-key.js'
import {settingsProfile} from '../credentials/endpoint.js'
import {parseRegion} from '../domain/validators.js'
import {effective} from '../credentials/effective.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {practiceDashboard} from '../domain/loopback.js'
import {openPage, type OpenPageResult} from './browser.js'
import {Failure} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {shell} from '../text/shell.js'
import {privateLine} from '../files/path-lines.js'
import {shownPath} from '../files/shown-path.js'
import {validity} from '../text/time.js'
import {awsFiles} from '../files/locations.js'
import {dashboardRolePorts} from './dashboard-role.js'
import {askedBy} from './asked.js'
import {doctorPorts} from './doctor.js'
import {checkFiles} from './files-check.js'
import {findService} from '../service/program.js'
import {resolversPorts} from './resolvers.js'
import {commitChange, plannedChange, plannedUndo} from './plans.js'
import {ssoPorts} from './sso.js'
import {localHere} from './in-force.js'
import {credentialsHere, survey, usualRegion} from './survey.js'
import {knownProfiles} from './known-profiles.js'
import {verifyProfiles} from './verify.js'

export interface PortOptions {
  readonly env: NodeJS.ProcessEnv
  /** What was given on the command line. */
  readonly options: {
    readonly command: string
    readonly dryRun: boolean
    readonly noBrowser: boolean
    readonly service?: string
    readonly stage?: string
    readonly profile?: string
    readonly region?: string
  }
  /** The embedded AWS, whose pages may be opened too. */
  readonly loopbackUrl?: string
  /** In place of the person's browser. */
  readonly browser?: (url: string) => Promise<OpenPageResult>
}

/** The ports of all flows, connected to the disk, to AWS and to the browser. */
export function realPorts({env, options, loopbackUrl, browser}: PortOptions): WelcomePorts & UndoPorts {
  const files = awsFiles(env)
  // The services of AWS are heavy and not needed before a key is there.
  const aws = async () => {
    const [{networkFrom, describeNetwork}, {verifyIdentity}, {readAccess}] = await Promise.all([
      import('../aws/network.js'),
      import('../aws/identity.js'),
      import('../aws/access.js'),
    ])
    return {network: await networkFrom(env), describeNetwork, verifyIdentity, readAccess}
  }
  const verify = async (
    key: AccessKey,
    region: RegionName,
    isFresh: boolean,
    context: WorkContext,
  ): Promise<Verified> => {
    const {network, verifyIdentity, readAccess} = await aws()
    const identity = await verifyIdentity(key, {
      region,
      network,
      isFresh,
      signal: context.signal,
      report: context.report,
    })
    context.report(say`Reading what this key may do`)
    const access = await readAccess(key, identity, {network, signal: context.signal})
    return {
      accountId: identity.accountId,
      arn: identity.arn,
      isRoot: identity.kind === 'root',
      findings: access.findings,
      ...(access.accountAlias ? {alias: access.accountAlias} : {}),
    }
  }
  const ownerOf = async (
    key: AccessKey,
    region: RegionName,
    {signal, report}: Partial<WorkContext> & Pick<WorkContext, 'signal'>,
  ) => {
    const {network, verifyIdentity} = await aws()
    return verifyIdentity(key, {region, network, isFresh: false, signal, ...(report ? {report} : {})})
  }
  // Keys that AWS has taken in this run, whatever is said of their end.
  const accepted = new Set<string>()
  const identify = async (context: WorkContext): Promise<Whose> => {
    const {
      here: {run},
      answer: {outcome, verdict},
    } = await credentialsHere(env, options.service)
    const key = keyInForce(run, outcome)
    if (!key) throw new Error('There are no keys in force to ask about.')
    // As a deploy here asks: in its region, and where its settings send requests.
    const [{networkFrom}, {networkOf}, {verifyIdentity}] = [
      await import('../aws/network.js'),
      await import('./network-of.js'),
      await import('../aws/identity.js'),
    ]
    const network = networkOf(settingsProfile(run), {
      network: await networkFrom(run.env),
      surroundings: run,
    })
    const region = parseRegion(verdict.region?.name ?? '') ?? askingRegion(run, verdict.profile)
    const {signal, report} = context
    const {accountId, arn} = await verifyIdentity(key, {region, network, signal, report})
    accepted.add(key.accessKeyId)
    return {accountId, arn}
  }
  // A practice Dashboard on this machine has pages of its own.
  const ownUrl = loopbackUrl ?? practiceDashboard(env)
  const open =
    browser ??
    (async (url: string) =>
      openPage(url, {
        env,
        isBrowserOff: options.noBrowser,
        ...(ownUrl ? {allowLoopbackPort: Number(new URL(ownUrl).port)} : {}),
      }))
  return {
    ...doctorPorts({env, asked: askedBy(options), folder: options.service, stage: options.stage}),
    ...ssoPorts({
      env,
      files,
      isBrowserOff: options.noBrowser,
      openPage: open,
      canDeploy: async () => (await findService(options.service, env)) !== undefined,
      usualRegion: async () => usualRegion(env, options.service),
      verify: async (profiles, context) => verifyProfiles(profiles, env, context),
    }),
    ...dashboardRolePorts({
      env,
      files,
      folder: options.service,
      region: options.region,
      openPage: open,
      local: async () => {
        const {here} = await credentialsHere(env, options.service)
        const local = await localHere(here)
        return local && {source: local.source, canAsk: local.canCheck}
      },
      localAccount: async (context) => (await identify(context)).accountId,
    }),
    ...resolversPorts({
      env,
      files,
      folder: options.service,
      stage: options.stage,
      // Of the wizard these name the profile that is made, and are no options of a deploy.
      profile: options.command === 'resolvers' ? options.profile : undefined,
      region: options.command === 'resolvers' ? options.region : undefined,
    }),
    here: async () => ({
      shell: shell(),
      file: shownPath(files.credentials, files.home),
      keepPrivate: privateLine(files.credentials),
    }),
    openPage: open,

    checkFiles: async () => checkFiles(files),

    readKeyFile: async (path) => {
      const {readKeysFile} = await import('./keys-from.js')
      const read = await readKeysFile(path.replace(/^~(?=\/)/, () => files.home))
      if (typeof read === 'string') return read
      throw new Failure({...read, nextSteps: [say`Check the path, or paste the key itself.`]})
    },

    knownProfiles: async () => knownProfiles(await readSnapshot({env})),

    whose: async (profile, context) => {
      const s = await readSnapshot({env})
      const key = profileKey(s, profile)
      if (!key) return say`no key of its own`
      const {accountId, arn} = await ownerOf(key, askingRegion(s, profile), {signal: context.signal})
      return say`account ${accountId}, ${arn}`
    },

    verify: async ({key, region, isFresh}, context) => {
      refuseEnded(key)
      return verify(key, region, isFresh, context)
    },

    checkRegion: async ({key, region}, context) => void (await ownerOf(key, region, context)),

    plan: async (change) => {
      const {planProfile} = await import('../aws-files/plan-profile.js')
      return plannedChange(await planProfile(change, files), files.home)
    },

    write: commitChange,

    verifyWritten: async ({profile, region, expiresAt}, context) => {
      const s = await readSnapshot({env})
      const {outcome} = effective(s, {profile})
      // With a role in it, the profile signs in as that role, whatever key it takes it on with.
      const isRole = outcome.kind === 'found' && outcome.roleArn !== undefined
      const key = isRole ? await providedKey(profile, s, context) : profileKey(s, profile)
      if (!key) throw new Error(`Profile ${profile} has no access key on disk.`)
      // When it ends is not in the file: no tool reads it there.
      const found = await verify(expiresAt === undefined ? key : {...key, expiresAt}, region, true, context)
      if (!isRole || profileKey(s, profile)?.sessionToken) return found
      // The session of the role ends, and every use begins another: what is saved does not end.
      const {VALID_FOR} = await import('../aws/findings.js')
      return {...found, findings: found.findings.filter(({label}) => label !== VALID_FOR)}
    },

    nextStep: async (chosen) => {
      const {nextStep} = await import('../service/next-step.js')
      return nextStep({...(await readSnapshot({env})), accepted}, {...chosen, folder: options.service})
    },

    planUndo: async (options) => {
      const {planUndo} = await import('../files/undo.js')
      const {signedInStill} = await import('./signed-in-still.js')
      const plan = await planUndo(files, options)
      const warnings = [...plan.warnings, ...(await signedInStill(plan.files, files.home, env))]
      return plannedUndo({...plan, warnings}, files.home)
    },

    survey: async () => survey(env, options.service),

    identify,
  }
}

async function providedKey(profile: string, s: Snapshot, context: WorkContext): Promise<AccessKey> {
  const {inEnvironment} = await import('../aws/profile-provider.js')
  const {beginAsking, keyOf} = await import('./profile-keys.js')
  return inEnvironment(s.env, async () => keyOf(profile, await beginAsking(s, context)))
}

/** What gave the key says itself that it has ended: AWS need not be asked. @throws Failure */
function refuseEnded({expiresAt}: AccessKey): void {
  if (expiresAt === undefined || expiresAt > Date.now()) return
  throw new Failure({
    code: 'EXPIRED_TOKEN',
    what: say`This temporary key has ended.`,
    why: say`What it came with says that it ${validity(expiresAt, Date.now())}.`,
    nextSteps: [say`Fetch a fresh one where this came from, and paste that.`],
  })
}
