/** What is known around the file, all of it optional: the machine's profiles, the Dashboard, the options of a run. */
import {consoleLogin, ssoLogin} from '../../credentials/tools/outcome.js'
import {profileStates} from '../../credentials/profile-states.js'
import type {Env, Snapshot} from '../../credentials/snapshot.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {ServiceModel} from './model.js'
import {stagesOf} from './stages.js'
import {isVariable} from './variables.js'

export interface World {
  /** The AWS profiles of the machine; missing where they were not read. */
  readonly profiles?: ReadonlyMap<string, ProfileKnown>
  /** What the chain of AWS comes to with a profile that gives nothing itself; absent where it ends with an error. */
  inPlaceOf?(profile: string): SafeText | undefined
  readonly dashboard?: {readonly signedIn: boolean; readonly hasProvider?: boolean}
  /** `--aws-profile` */
  readonly awsProfileOption?: string
  readonly env: Env
  /** Of the file that is judged. */
  readonly file?: string
  /** The same as a run of a stage has it, where that is another. */
  inStage?(stage: string): World | undefined
  /** `--stage` */
  readonly stageOption?: string
  /** `--region` */
  readonly regionOption?: string
  /** The value of AWS_REGION. */
  readonly envRegion?: string
}

export interface ProfileKnown {
  readonly state: 'good' | 'expired' | 'broken' | 'unknown'
  readonly note?: SafeText
  /** Once AWS was asked. */
  readonly accountId?: string
  /** What makes it work again, where that is not a new key: a sign-in. */
  readonly cure?: SafeText
  /** It was AWS that said so. */
  readonly isAsked?: true
  /** Its own region. */
  readonly region?: string
  /** Which one it is, in a few words. */
  readonly hint?: SafeText
}

/** The world as the environment says, and what else is known. */
export function worldOf(env: Env, known: Omit<World, 'env' | 'envRegion'> = {}): World {
  return {
    env,
    ...(env['AWS_REGION'] ? {envRegion: env['AWS_REGION']} : {}),
    ...known,
  }
}

/**
 * The same as a run of this stage has it: with what the Framework reads from `.env`, and with `--stage`, as no stage but that
 * of a plain deploy is reached without it.
 */
export function worldIn(around: World, model: ServiceModel, stage: string): World {
  const isPlain = around.stageOption === undefined && stagesOf(model, around)[0] === stage
  const world = isPlain || isVariable(stage) ? around : {...around, stageOption: stage}
  const run = around.inStage?.(stage)
  if (!run) return world
  const {stageOption} = world
  const {file} = around
  return {...run, ...(file === undefined ? {} : {file}), ...(stageOption === undefined ? {} : {stageOption})}
}

/** What can be said of each profile without asking AWS, as far as it bears on a service that names it. */
export function profilesHere(s: Snapshot): ReadonlyMap<string, ProfileKnown> {
  return new Map(
    profileStates(s).map(({name, kind, state, why, detail, where, region}) => [
      name,
      {
        // That it could work is not that it does: AWS was not asked.
        state: state === 'expired' ? 'expired' : state === 'usable' ? 'unknown' : 'broken',
        ...(kind === 'empty' ? {note: say`It holds no credentials.`} : why ? {note: why} : {}),
        hint: detail ?? where,
        ...(region === undefined ? {} : {region}),
        ...(kind === 'sso'
          ? {cure: ssoLogin(name, s.javascript.profiles.get(name)?.get('sso_session'))}
          : {}),
        ...(kind === 'login' ? {cure: consoleLogin(name)} : {}),
      },
    ]),
  )
}

/**
 * Whether a Dashboard Provider answers for this service where nothing turns it off: it needs org and app in the file,
 * and a sign-in or an access key of the Dashboard. `maybe` where it is not known whether there is a Provider.
 */
export function dashboardAnswers(model: ServiceModel, world: World): 'yes' | 'no' | 'maybe' {
  const {dashboard} = world
  if (!model.org || !model.app || dashboard?.hasProvider === false) return 'no'
  const isSignedIn = isInDashboard(world)
  if (isSignedIn === false) return 'no'
  return isSignedIn && dashboard?.hasProvider ? 'yes' : 'maybe'
}

/** Signed in to the Dashboard, by a sign-in or an access key; `undefined` where that is not known. */
export function isInDashboard({dashboard, env}: World): boolean | undefined {
  return Boolean(env['SERVERLESS_ACCESS_KEY'] || env['SERVERLESS_USER_ACCESS_KEY']) || dashboard?.signedIn
}
