/** Values in resolvers and in `provider`: types, regions, profiles, variables of the environment. */
import {findRegion, isShapedLikeRegion, partitionOfRegion, suggestRegion} from '../../domain/regions.js'
import type {RegionName} from '../../domain/access-key.js'
import {program} from '../../text/program-name.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {ServiceFinding} from './finding.js'
import type {At, ResolverModel, ServiceModel} from './model.js'
import {insteadOf} from './credentials.js'
import {resolvedAt} from './resolve.js'
import {doctorCommand} from '../commands.js'
import {stageOf} from './stages.js'
import {copyable, envNameOf, isVariable, shown} from './variables.js'
import {typeMissing, typeNotSupported} from './words.js'
import type {World} from './world.js'
import {setVariable} from '../../text/shell.js'

/** As the guide of the Framework has them. */
const OTHER_TYPES = new Set([
  'vault',
  'terraform',
  'doppler',
  'env',
  'file',
  'git',
  'opt',
  'param',
  'self',
  'sls',
])
const UNDOCUMENTED_KEYS = new Set(['ignoreCache'])

export function checkType(model: ServiceModel, resolver: ResolverModel): readonly ServiceFinding[] {
  const name = shown(resolver.name, model.secrets)
  const stage = stageOf(resolver)
  const {type} = resolver
  if (resolver.unread) return []
  const fix = say`Give it the line \`type: aws\``
  if (!type)
    return [
      {
        severity: 'error',
        code: 'RESOLVER_WITHOUT_TYPE',
        line: resolver.line,
        what: say`The resolver ${name} has no type.`,
        why: say`The Framework stops with: ${typeMissing(name, shown(resolver.stage, model.secrets))}`,
        fix,
        ...stage,
      },
    ]
  if (type.value === 'aws' || OTHER_TYPES.has(type.value)) return []
  const isSpelling = type.value.toLowerCase() === 'aws'
  const isEarly = isVariable(type.value)
  const shownType = shown(type.value, model.secrets)
  return [
    {
      severity: isSpelling || isEarly ? 'error' : 'warning',
      code: 'RESOLVER_TYPE_UNKNOWN',
      line: type.line,
      what: isSpelling
        ? say`The type of the resolver ${name} is ${shownType}; it is written in small letters.`
        : isEarly
          ? say`The type of the resolver ${name} is ${shownType}, and types are looked at before variables are read.`
          : say`The type of the resolver ${name} is ${shownType}, which is none of those the guide names.`,
      why: say`The Framework stops with: ${typeNotSupported(shownType)}`,
      fix: isSpelling || isEarly ? fix : say`For credentials of AWS, give it the line \`type: aws\``,
      ...stage,
    },
  ]
}

export function checkOtherKeys(model: ServiceModel, resolver: ResolverModel): readonly ServiceFinding[] {
  if (resolver.type?.value !== 'aws') return []
  return resolver.others
    .filter(({name, isMap}) => !isMap && !UNDOCUMENTED_KEYS.has(name))
    .map(({name, line}) => ({
      severity: 'warning',
      code: 'RESOLVER_KEY_UNKNOWN',
      line,
      what: say`${shown(name, model.secrets)} is no option of a resolver of the type aws.`,
      why: say`The Framework takes it without a word and does nothing with it.`,
      fix: isRole(name)
        ? say`A role is assumed by a profile only: set it up there, then write \`profile: my-profile\``
        : say`Use one of these: \`profile\`, \`region\`, \`accessKeyId\`, \`secretAccessKey\`, \`sessionToken\`, \`dashboard\``,
      ...stageOf(resolver),
    }))
}

function isRole(name: string): boolean {
  return /role|external|mfa/i.test(name)
}

/** `"false"` in quotes is a text, and any text is taken for true. */
export function checkDashboard(resolver: ResolverModel): readonly ServiceFinding[] {
  const text = resolver.dashboardText
  if (!text || isVariable(text.value) || resolver.type?.value !== 'aws') return []
  return [
    {
      severity: 'warning',
      code: 'DASHBOARD_NOT_FALSE',
      line: text.line,
      what: say`dashboard holds a text, not true or false.`,
      why: say`Only false itself, without quotes, keeps a Provider of the Dashboard away.`,
      fix: say`To keep it away, write \`dashboard: false\``,
      ...stageOf(resolver),
    },
  ]
}

export function checkRegionAt(
  model: ServiceModel,
  at: At<string> | undefined,
  where: SafeText,
): readonly ServiceFinding[] {
  if (!at || isVariable(at.value)) return []
  const id = at.value
  const isIsolated = isShapedLikeRegion(id) && partitionOfRegion(id as RegionName).startsWith('aws-iso')
  if (findRegion(id) || isIsolated) return []
  const isShaped = isShapedLikeRegion(id)
  const guess = suggestRegion(id)
  return [
    {
      severity: isShaped ? 'warning' : 'error',
      code: 'REGION_UNKNOWN',
      line: at.line,
      what: say`The region of ${where} is ${shown(id, model.secrets)}, which is not one of the known ones.`,
      why: isShaped
        ? say`It may be a slip, or a region newer than this program.`
        : say`No region of AWS is written like this, so no request would find its way.`,
      fix: guess ? say`Did you mean \`region: ${guess.id}\`?` : say`Write it like \`region: eu-west-1\``,
    },
  ]
}

/** A name that cannot be made here has to go from the file, or nothing is cured. */
function setUp(profile: string): SafeText {
  const name = copyable(profile, 'my-profile')
  const line = say`${program()} --path local --profile ${name}`
  return name === profile
    ? say`Set it up: \`${line}\``
    : say`Give it a name without blanks and signs, \`profile: ${name}\`, and set that up: \`${line}\``
}

/** `isDeploying` where a deployment from this machine would use it. */
export function checkProfileAt(
  model: ServiceModel,
  world: World,
  at: At<string> | undefined,
  isDeploying: boolean,
): readonly ServiceFinding[] {
  if (!at || at.value === '' || isVariable(at.value) || !world.profiles) return []
  const name = shown(at.value, model.secrets)
  const known = world.profiles.get(at.value)
  const instead = insteadOf(world, at.value)
  const severity = isDeploying && !instead ? 'error' : 'warning'
  const goesOn = instead ? say` A deploy goes on with what the chain of AWS finds next: ${instead}.` : say``
  const {line} = at
  if (!known)
    return [
      {
        severity,
        code: 'PROFILE_NOT_HERE',
        line,
        what: say`There is no profile ${name} on this machine.`,
        why: instead
          ? say`The file names it.${goesOn}`
          : say`The file names it, and a deploy that asks for it finds no credentials.`,
        fix: setUp(at.value),
      },
    ]
  const note = known.note ?? say`What AWS answered is in the report of the doctor.`
  if (known.state === 'expired')
    return [
      {
        severity,
        code: 'PROFILE_EXPIRED',
        line,
        what: say`The credentials of the profile ${name} have expired.`,
        why: say`${note}${goesOn}`,
        fix: known.cure
          ? say`Sign in again: ${known.cure}`
          : say`Save a fresh key: \`${program()} --path local --profile ${copyable(at.value, 'my-profile')}\``,
      },
    ]
  if (known.state !== 'broken') return []
  return [
    {
      severity,
      code: 'PROFILE_BROKEN',
      line,
      what: say`The profile ${name} is on this machine, but does not work.`,
      why: say`${note}${goesOn}`,
      fix: say`See what is wrong with it: \`${doctorCommand(world.file, known.isAsked ? '--verify' : undefined)}\``,
    },
  ]
}

/** @param of the resolvers of one stage, or what stands in `provider` */
export function checkEnv(
  of: readonly ResolverModel[] | 'provider',
  model: ServiceModel,
  world: World,
): readonly ServiceFinding[] {
  const {provider} = model
  const texts: readonly (At<string> | undefined)[] =
    of === 'provider'
      ? [
          provider.stage && resolvedAt(provider.stage, world),
          provider.profile,
          provider.resolver,
          provider.region,
        ]
      : of.flatMap((each) => [
          each.profile,
          each.region,
          ...[each.accessKeyId, each.secretAccessKey, each.sessionToken].map((key) =>
            key?.kind === 'variable' ? {value: key.text, line: key.line} : undefined,
          ),
        ])
  const missing = new Map<string, number>()
  for (const at of texts) {
    const name = at && (at.unset ?? envNameOf(at.value))
    if (name !== undefined && world.env[name] === undefined && !missing.has(name))
      missing.set(name, at?.line ?? 0)
  }
  return [...missing].map(([name, line]) => ({
    severity: 'warning',
    code: 'ENV_NOT_SET',
    ...(of !== 'provider' && of[0] ? stageOf(of[0]) : {}),
    line,
    what: say`The environment variable ${shown(name, model.secrets)} is not set in this shell.`,
    why: say`The file reads a value from it and has no other in its place, so a run from this shell stops.`,
    fix: say`Set it where you deploy from: \`${setVariable(name, '...')}\``,
  }))
}

/** A file that asks for an older version, whose rules are others. Source: serverless 3.40, provider.js (getCredentials). */
export function checkVersion({frameworkVersion: at}: ServiceModel): readonly ServiceFinding[] {
  const [, major] = /^[\s=v^~]*([0-3])(?:\.[\dx*.]+)?\s*$/.exec(at?.value ?? '') ?? []
  if (!at || major === undefined) return []
  return [
    {
      severity: 'note',
      code: 'FRAMEWORK_OLDER',
      line: at.line,
      what: say`frameworkVersion asks for version ${major} of the Framework, and what is told here is how version 4 does it.`,
      why: say`Version ${major} knows no resolvers and no profiles of AWS SSO, and takes keys in the environment before provider.profile.`,
      fix: say`To have version 4: \`frameworkVersion: '4'\``,
    },
  ]
}
