/** Checks what the file of a service says about credentials, in every stage. Pure: data in, findings out. */
import {Failure} from '../../domain/problem.js'
import {say, type SafeText} from '../../text/safe-text.js'
import {parseService, type TextKind} from '../document.js'
import {checkKeys, checkOpenSecrets} from './check-keys.js'
import {checkStages} from './check-stages.js'
import {
  checkDashboard,
  checkEnv,
  checkOtherKeys,
  checkProfileAt,
  checkRegionAt,
  checkType,
  checkVersion,
} from './check-values.js'
import {deployResolver} from './explain.js'
import type {ServiceFinding} from './finding.js'
import {keysOf} from './keys.js'
import {readModel, type ResolverModel, type ServiceModel} from './model.js'
import {isAws, stageOf, stagesOf} from './stages.js'
import {copyable, isVariable, shown} from './variables.js'
import {PARAMS_WITH_STAGES, PROFILE_AND_RESOLVER} from './words.js'
import {resolvedModel} from './resolve.js'
import {dashboardAnswers, worldIn, type World} from './world.js'

export type {ServiceFinding} from './finding.js'

/** Errors first, then by line. `wanted` is the stage of `--stage`, judged beside those of the file. */
export function checkModel(file: ServiceModel, around: World, wanted?: string): readonly ServiceFinding[] {
  const stages = stagesOf(file, around, wanted)
  const [first = 'dev'] = stages
  const runOf = (stage: string) => {
    const world = worldIn(around, file, stage)
    return {world, model: resolvedModel(file, stage, world)}
  }
  // What holds for all stages is checked as in a plain deploy, the resolvers of a stage as in a run of it.
  const {world, model} = runOf(first)
  const deploying = new Set(stages.map((stage) => deployResolver(runOf(stage).model, stage)?.line))
  const found = [
    ...checkTop(model),
    ...checkVersion(model),
    ...checkOpenSecrets(model),
    ...checkProvider(model, world, stages),
    ...stages.slice(1).flatMap((stage) => providerIn(stage, runOf(stage), {model, world}, stages)),
    ...file.stages.flatMap(({name}, index) => {
      const run = name === 'default' ? {world, model} : runOf(name)
      const resolvers = run.model.stages[index]?.resolvers ?? []
      return [
        ...resolvers.flatMap((resolver) =>
          checkResolver(run.model, run.world, resolver, deploying.has(resolver.line)),
        ),
        ...checkEnv(resolvers, run.model, run.world),
      ]
    }),
    ...checkStages(file, (stage) => runOf(stage).model, stages),
    ...checkEnv('provider', model, world),
  ]
  const rank = {error: 0, warning: 1, note: 2}
  return withoutRepeats(found).sort(
    (a, b) => rank[a.severity] - rank[b.severity] || (a.line ?? 0) - (b.line ?? 0),
  )
}

/** One variable that is not set is told once, at its first line. */
function withoutRepeats(found: readonly ServiceFinding[]): ServiceFinding[] {
  const told = new Map<string, ServiceFinding>()
  return found
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0))
    .filter((finding) => {
      if (finding.code !== 'ENV_NOT_SET') return true
      const isNew = !told.has(finding.what)
      told.set(finding.what, finding)
      return isNew
    })
}

/** The same from the bytes of a file; one that cannot be read is a finding too. Not for programs (`.ts`, `.js`). */
export function checkText(
  bytes: Uint8Array,
  kind: TextKind,
  path: string,
  world: World,
  wanted?: string,
): {readonly model?: ServiceModel; readonly findings: readonly ServiceFinding[]} {
  try {
    const model = readModel(parseService(bytes, kind, path))
    return {model, findings: checkModel(model, world, wanted)}
  } catch (error) {
    if (error instanceof Failure) return {findings: [notUnderstood(error)]}
    throw error
  }
}

function notUnderstood({problem}: Failure): ServiceFinding {
  const line = /, line ([0-9]+) cannot be read/.exec(problem.what)?.[1]
  // The parser's words for a key that stands twice.
  const isTwice = /keys must be unique/i.test(problem.why)
  return {
    severity: 'error',
    code: 'SERVICE_NOT_UNDERSTOOD',
    ...(line !== undefined && {line: Number(line)}),
    what:
      line === undefined
        ? say`The file cannot be read.`
        : say`The file cannot be read: line ${line} is not right.`,
    why: isTwice ? say`A key stands there that its map has already.` : problem.why,
    fix: isTwice
      ? say`Take one of the two out, then look again: \`serverless print\``
      : line === undefined
        ? say`See what the Serverless Framework says of it: \`serverless print\``
        : say`Mend the line, then look again: \`serverless print\``,
  }
}

function checkTop(model: ServiceModel): readonly ServiceFinding[] {
  if (model.topParams === undefined || model.stagesLine === undefined) return []
  return [
    {
      severity: 'error',
      code: 'PARAMS_WITH_STAGES',
      line: model.topParams,
      what: say`params stands at the top level, beside stages.`,
      why: say`The Framework stops with: ${PARAMS_WITH_STAGES}`,
      fix: say`Move each stage's values to \`stages.<stage>.params\` and take the top-level params out.`,
    },
  ]
}

function checkProvider(
  model: ServiceModel,
  world: World,
  stages: readonly string[],
): readonly ServiceFinding[] {
  const {profile, resolver, region} = model.provider
  const findings: ServiceFinding[] = [...checkRegionAt(model, region, say`provider`)]
  const option = world.awsProfileOption
  if (profile && resolver)
    findings.push({
      severity: 'error',
      code: 'RESOLVER_AND_PROFILE',
      line: Math.max(profile.line, resolver.line),
      what: say`provider has both profile (line ${profile.line}) and resolver (line ${resolver.line}).`,
      why: say`The Framework stops with: ${PROFILE_AND_RESOLVER}`,
      fix: say`Take one of them out: \`profile: ${copyable(profile.value, 'my-profile', model.secrets)}\` or \`resolver: ${copyable(resolver.value, 'my-resolver', model.secrets)}\``,
    })
  else if (profile && option)
    findings.push({
      severity: 'warning',
      code: 'PROFILE_IGNORED',
      line: profile.line,
      what: say`provider.profile is ignored in this run.`,
      why: say`--aws-profile ${option} is given, and wins.`,
      fix: say`To use the profile of the file, leave the option out: \`serverless deploy\``,
    })
  else if (option) findings.push(...ignoredOption(model, stages, option))
  if (profile && !resolver) {
    findings.push(...checkProfileAt(model, world, profile, option === undefined))
    if (dashboardAnswers(model, world) !== 'no')
      findings.push(dashboardWins(model, world, say`provider.profile`, profile.line, {}))
  }
  return findings
}

interface Run {
  readonly model: ServiceModel
  readonly world: World
}

/** What provider says in another stage than that of a plain deploy, where a variable makes it something else there. */
function providerIn(
  stage: string,
  here: Run,
  plain: Run,
  stages: readonly string[],
): readonly ServiceFinding[] {
  const isSame = (['profile', 'region', 'resolver'] as const).every(
    (key) => here.model.provider[key]?.value === plain.model.provider[key]?.value,
  )
  if (isSame) return []
  return checkProvider(here.model, here.world, stages).map((finding) => ({...finding, stage}))
}

function ignoredOption(
  model: ServiceModel,
  stages: readonly string[],
  option: string,
): readonly ServiceFinding[] {
  const used = stages.map((stage) => deployResolver(model, stage)).find(Boolean)
  if (!used) return []
  return [
    {
      severity: 'warning',
      code: 'OPTION_IGNORED',
      line: used.line,
      what: say`--aws-profile ${option} is ignored.`,
      why: say`The resolver ${shown(used.name, model.secrets)} deploys, and the option counts only where no resolver does.`,
      fix: say`Write the profile into the resolver: \`profile: ${copyable(option, 'my-profile')}\``,
    },
  ]
}

function checkResolver(
  model: ServiceModel,
  world: World,
  resolver: ResolverModel,
  isDeploying: boolean,
): readonly ServiceFinding[] {
  const name = shown(resolver.name, model.secrets)
  const stage = stageOf(resolver)
  const ofAll = [...checkType(model, resolver), ...checkKeys(model, resolver, world)]
  if (!isAws(resolver)) return ofAll
  const {profile} = resolver
  const hasKeys = keysOf(resolver) !== 'none'
  const ofAws: ServiceFinding[] = [
    ...checkOtherKeys(model, resolver),
    ...checkDashboard(resolver),
    ...checkRegionAt(model, resolver.region, say`the resolver ${name}`),
  ]
  if (profile && hasKeys)
    ofAws.push({
      severity: 'warning',
      code: 'PROFILE_IGNORED',
      line: profile.line,
      what: say`The profile of the resolver ${name} is ignored.`,
      why: say`The same resolver holds an access key, which wins.`,
      fix: say`Take the key out, or the line \`profile: ${copyable(profile.value, 'my-profile', model.secrets)}\``,
    })
  else ofAws.push(...checkProfileAt(model, world, profile, isDeploying))
  const isOff = resolver.dashboard?.value === false || isUnknown(resolver)
  if ((profile || hasKeys) && !isOff && dashboardAnswers(model, world) !== 'no')
    ofAws.push(
      dashboardWins(
        model,
        world,
        say`the ${profile ? 'profile' : 'key'} of the resolver ${name}`,
        resolver.line,
        stage,
      ),
    )
  return [...ofAll, ...ofAws.map((finding) => ({...finding, ...stage}))]
}

/** `dashboard: ${…}` may come out as false. */
function isUnknown({dashboardText}: ResolverModel): boolean {
  return dashboardText !== undefined && isVariable(dashboardText.value)
}

function dashboardWins(
  model: ServiceModel,
  world: World,
  beaten: SafeText,
  line: number,
  stage: {readonly stage?: string},
): ServiceFinding {
  const isSure = dashboardAnswers(model, world) === 'yes'
  return {
    severity: isSure ? 'warning' : 'note',
    code: 'DASHBOARD_WINS',
    line,
    what: isSure
      ? say`A Provider of the Dashboard wins over ${beaten}.`
      : say`If the Dashboard has a Provider for this service, it wins over ${beaten}.`,
    why: say`org and app are set (line ${model.org?.line ?? 1}), and who is signed in gets its credentials, without a word.`,
    fix: say`To keep it away, use a resolver with the line \`dashboard: false\``,
    ...stage,
  }
}
