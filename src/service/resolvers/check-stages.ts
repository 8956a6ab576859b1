/** What goes wrong in a stage as a whole. Each stage is judged by itself; the same in several is said once. */
import {say, type SafeText} from '../../text/safe-text.js'
import type {ServiceFinding} from './finding.js'
import {deployResolver} from './explain.js'
import type {ResolverModel, ServiceModel} from './model.js'
import {countedResolvers, countedStages, effectiveResolvers, isAws} from './stages.js'
import {copyable, isVariable, shown} from './variables.js'
import {SEVERAL_RESOLVERS, unknownResolver} from './words.js'

/** The file as a run of a stage has it. */
type RunOf = (stage: string) => ServiceModel

export function checkStages(
  file: ServiceModel,
  runOf: RunOf,
  stages: readonly string[],
): readonly ServiceFinding[] {
  const model = runOf(stages[0] ?? 'dev')
  const {provider} = model
  if (provider.unread) return []
  const decided = provider.profile || provider.resolver
  return [
    ...wantedResolvers(file, runOf, stages),
    ...(decided ? [] : severalResolvers(model, stages)),
    ...duplicates(model, stages),
    ...ignoredResolvers(model, stages),
    ...unused(file, runOf, stages),
  ]
}

/** A variable may name another one in each stage. */
function wantedResolvers(
  file: ServiceModel,
  runOf: RunOf,
  stages: readonly string[],
): readonly ServiceFinding[] {
  const names = new Map<string, string[]>()
  for (const stage of stages) {
    const name = runOf(stage).provider.resolver?.value
    if (name !== undefined) names.set(name, [...(names.get(name) ?? []), stage])
  }
  return [...names.values()].flatMap((of) =>
    wantedResolver(runOf(of[0]!), of, {stages, isFixed: !isVariable(file.provider.resolver?.value ?? '')}),
  )
}

function wantedResolver(
  model: ServiceModel,
  of: readonly string[],
  {stages, isFixed}: {readonly stages: readonly string[]; readonly isFixed: boolean},
): readonly ServiceFinding[] {
  const at = model.provider.resolver
  if (!at || isVariable(at.value) || model.stagesUnread) return []
  const find = (stage: string) => effectiveResolvers(model, stage).find(({name}) => name === at.value)
  const name = shown(at.value, model.secrets)
  const missing = of.filter(
    (stage) => !find(stage) && !countedStages(model, stage).some((each) => each.unread),
  )
  const foreign = of.filter((stage) => {
    const found = find(stage)
    return found?.type && !isVariable(found.type.value) && found.type.value.toLowerCase() !== 'aws'
  })
  const affected = [...missing, ...foreign]
  const others = affected.flatMap((stage) => effectiveResolvers(model, stage).filter(isAws))
  const isElsewhere = model.stages.some(({resolvers}) => resolvers.some((each) => each.name === at.value))
  const fix = isElsewhere
    ? say`Put a resolver of this name into default as well, for the stages that have none: \`stages: default: resolvers:\``
    : // Another name would hold for all stages.
      others[0] && isFixed
      ? say`Name one that is there: \`resolver: ${copyable(others[0].name, 'my-resolver', model.secrets)}\``
      : say`Add a resolver of this name with the line \`type: aws\`, ${isFixed ? 'or take provider.resolver out' : say`or deploy a stage for which there is one`}.`
  return [
    ...inStages(missing, stages, (where) => ({
      severity: 'error',
      code: 'UNKNOWN_RESOLVER',
      line: at.line,
      what: say`provider.resolver names ${name}, which is not there${where}.`,
      why: say`The Framework stops with: ${unknownResolver(name)}`,
      fix,
    })),
    ...inStages(foreign, stages, (where) => ({
      severity: 'error',
      code: 'RESOLVER_NOT_AWS',
      line: at.line,
      what: say`provider.resolver names ${name}, which is not of the type aws${where}.`,
      why: say`Only a resolver of the type aws gives credentials to deploy with. The Framework fails later.`,
      fix,
    })),
  ]
}

function severalResolvers(model: ServiceModel, stages: readonly string[]): readonly ServiceFinding[] {
  const counted = (stage: string) => countedResolvers(model, stage).filter(isAws)
  const affected = stages.filter((stage) => counted(stage).length > 1)
  const all = affected.flatMap(counted)
  const names = [...new Set(all.map((each) => shown(each.name, model.secrets)))]
  return inStages(affected, stages, (where) => ({
    severity: 'error',
    code: 'SEVERAL_RESOLVERS',
    ...(all[1] && {line: all[1].line}),
    what: say`There is more than one resolver of AWS${where}: ${names.join(', ')}.`,
    why: say`The Framework stops with: ${SEVERAL_RESOLVERS}${names.length === 1 ? say` The same name in default and in the stage counts twice.` : say``}`,
    fix: say`Say under provider which one deploys: \`resolver: ${copyable(all[0]?.name ?? '', 'my-resolver', model.secrets)}\``,
  }))
}

/** The definition of the stage takes the place of the other as a whole. */
function duplicates(model: ServiceModel, stages: readonly string[]): readonly ServiceFinding[] {
  const ofDefault = model.stages.find(({name}) => name === 'default')?.resolvers ?? []
  return model.stages
    .filter(({name}) => name !== 'default' && stages.includes(name))
    .flatMap(({name: stage, resolvers}) =>
      resolvers.flatMap((resolver) => {
        const other = ofDefault.find(({name}) => name === resolver.name)
        if (!other) return []
        const name = shown(resolver.name, model.secrets)
        const finding: ServiceFinding = {
          severity: 'warning',
          code: 'DUPLICATE_NAME',
          line: resolver.line,
          what: say`The resolver ${name} is in default (line ${other.line}) and in the stage ${shown(stage, model.secrets)}.`,
          why: say`The one of the stage is used as it is: nothing that default says of it is taken over. Without provider.resolver the two count as two.`,
          fix: say`Give one of them another name, such as \`${copyable(`${resolver.name}-${stage}`, 'my-resolver', model.secrets)}:\``,
          stage,
        }
        return [finding]
      }),
    )
}

function ignoredResolvers(model: ServiceModel, stages: readonly string[]): readonly ServiceFinding[] {
  const {profile, resolver} = model.provider
  if (!profile || resolver) return []
  const counted = [...new Set(stages.flatMap((stage) => countedResolvers(model, stage).filter(isAws)))]
  const [first] = counted
  if (!first) return []
  const name = shown(first.name, model.secrets)
  const isSeveral = stages.some((stage) => countedResolvers(model, stage).filter(isAws).length > 1)
  return [
    {
      severity: isSeveral ? 'warning' : 'note',
      code: 'RESOLVER_IGNORED',
      line: profile.line,
      what: say`provider.profile deploys; resolvers such as ${name} read variables only.`,
      why: isSeveral
        ? say`The guide promises an error for more than one resolver without provider.resolver; the Framework gives none, and takes the profile.`
        : say`The profile wins over the only resolver.`,
      fix: say`To deploy with the resolver, write \`resolver: ${copyable(first.name, 'my-resolver', model.secrets)}\` in place of profile.`,
    },
  ]
}

/** Resolvers of AWS that deploy no stage they count in, and that no variable names. */
function unused(file: ServiceModel, runOf: RunOf, stages: readonly string[]): readonly ServiceFinding[] {
  // Behind a variable another one deploys in each run, and of a stage that the file does not name as well.
  if (file.provider.resolver && isVariable(file.provider.resolver.value)) return []
  const model = runOf(stages[0] ?? 'dev')
  const deploying = new Set(stages.map((stage) => keyOf(deployResolver(runOf(stage), stage))))
  const isUsed = (name: string) => model.uses.some((use) => use.resolver === name)
  return model.stages
    .filter(({name}) => name === 'default' || stages.includes(name))
    .flatMap(({resolvers}) => resolvers.filter(isAws))
    .filter(
      (resolver) =>
        !deploying.has(keyOf(resolver)) && !isUsed(resolver.name) && !isCandidate(model, resolver),
    )
    .map((resolver) => ({
      severity: 'note',
      code: 'RESOLVER_UNUSED',
      line: resolver.line,
      what: say`Nothing uses the resolver ${shown(resolver.name, model.secrets)}.`,
      why: say`It deploys no stage, and no variable such as \`\${${shown(resolver.name, model.secrets)}:accountId}\` reads with it.`,
      fix: say`Take it out, or deploy with it: \`resolver: ${copyable(resolver.name, 'my-resolver', model.secrets)}\``,
      ...(resolver.stage !== 'default' && {stage: resolver.stage}),
    }))
}

/** The same in every run of the file. */
const keyOf = (resolver: ResolverModel | undefined) => resolver && `${resolver.stage} ${resolver.name}`

/** One of several that could deploy: that none is chosen is said already. */
function isCandidate(model: ServiceModel, resolver: ResolverModel): boolean {
  const {profile, resolver: wanted} = model.provider
  if (profile && !wanted) return false
  return !wanted || (profile !== undefined && wanted.value === resolver.name)
}

/** One finding for all stages concerned; it names them only where they are not all. */
function inStages(
  affected: readonly string[],
  stages: readonly string[],
  finding: (where: SafeText) => ServiceFinding,
): readonly ServiceFinding[] {
  const [first] = affected
  if (first === undefined) return []
  if (affected.length === stages.length && stages.length > 1) return [finding(say``)]
  const where =
    affected.length === 1 ? say` in the stage ${first}` : say` in the stages ${affected.join(', ')}`
  return [{...finding(where), ...(affected.length === 1 && {stage: first})}]
}
