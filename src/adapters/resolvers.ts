/** The ports of the screens on resolvers, connected to the files of the service and of AWS. */
import type {PlannedChange} from '../../flows/change/ports.js'
import {words as undoWords} from '../../flows/undo/words.js'
import type {ResolverEdit, ResolversPorts, ServiceView, StageView} from '../../flows/resolvers/ports.js'
import {Failure, type Problem} from '../domain/problem.js'
import {safe, say} from '../text/safe-text.js'
import type {ServiceDocument} from '../service/document.js'
import type * as Edits from '../service/resolver-edit.js'
import type {ServiceReport} from '../service/report/report.js'
import type {AwsFiles} from '../files/locations.js'
import type {Plan} from '../files/plan.js'
import {readSnapshot} from '../credentials/snapshot.js'
import {serviceNotHere} from '../service/find-services.js'
import {folderHere} from '../service/folder.js'
import {profilesHere, worldOf, type ProfileKnown} from '../service/resolvers/world.js'
import {surroundings} from './accepted.js'
import {gonePanels} from './gone-panels.js'
import {commitChange, plannedChange} from './plans.js'
import {shownRelative} from './shown.js'

export interface ResolversWiring {
  readonly env: NodeJS.ProcessEnv
  readonly files: AwsFiles
  /** `--service`, `--stage`, `--profile` and `--region`. */
  readonly folder: string | undefined
  readonly stage: string | undefined
  readonly profile: string | undefined
  readonly region: string | undefined
}

export function resolversPorts(wiring: ResolversWiring): ResolversPorts {
  const {env} = wiring
  // The files that were changed in this run, the last one last: each change can be taken back.
  const written: string[] = []
  // By plan, the file that it changes; none where it takes the last change back.
  const changing = new Map<PlannedChange, string | undefined>()
  const planned = (plan: Plan, path?: string) => {
    const change = plannedChange(plan, shownRelative)
    changing.set(change, path)
    return change
  }
  return {
    readServices: async ({verify}, context) => {
      const {folder, profile, region, stage} = wiring
      const options = {
        folder,
        stage,
        ...(profile === undefined ? {} : {profile}),
        ...(region === undefined ? {} : {region}),
      }
      const {askers} = verify ? await import('./asker.js') : {}
      const within = askers?.(context)
      const {s, offline} = await surroundings(await readSnapshot({env}), options, within)
      if (offline.services.length === 0) throw serviceNotHere(folder, offline.gone[0])
      const {hasErrors} = await import('../service/report/report.js')
      const {askFolder, profilesOf} = await import('./ask-services.js')
      const {services} = within
        ? await askFolder(offline, within, async (known) => folderHere(s, {...options, known}))
        : offline
      const canVerify = services.some((service) => {
        const {report, run, chains} = service
        return (
          report.verdicts.some(({key}) => key !== undefined) ||
          [...chains.values()].some(({outcome}) => outcome.kind === 'found') ||
          profilesOf(service).some((name) => run.javascript.profiles.has(name))
        )
      })
      const views: ServiceView[] = []
      for (const [index, {report, isUsable, run}] of services.entries()) {
        const missing = index === 0 ? gonePanels(offline) : []
        const view = await viewOf(report, {
          known: profilesHere(run),
          // Asked whether it works, what this shell lacks counts as well as what the file says.
          hasErrors: verify ? !isUsable : hasErrors(report),
          canVerify,
          last: written.at(-1),
          isOneOfSeveral: services.length > 1,
        })
        views.push({
          ...view,
          overview: [...missing, ...view.overview],
          hasErrors: view.hasErrors || offline.gone.length > 0,
        })
      }
      return views
    },

    planResolvers: async (path, edit) => {
      if (edit.kind === 'undo') {
        return planned(await planLastUndo(wiring.files))
      }
      const [{planServiceEdit}, edits] = await Promise.all([
        import('../service/service-file.js'),
        import('../service/resolver-edit.js'),
      ])
      const change = (document: ServiceDocument) => applied(document, edit, edits)
      const plan = await planServiceEdit(path, change, wiring.files.journal)
      return planned({...plan, warnings: await newMistakes(plan, env)}, path)
    },

    writeResolvers: async (plan, context) => {
      const remarks = await commitChange(plan, context)
      const path = changing.get(plan)
      if (path === undefined) written.pop()
      else written.push(path)
      return remarks
    },
  }
}

/** The last change of this run; what others have made of it since is asked about by the command alone. @throws Failure */
async function planLastUndo(files: AwsFiles): Promise<Plan> {
  const {notThere, planUndo} = await import('../files/undo.js')
  const plan = await planUndo(files, {isLastOnly: true, isOfThisRun: true})
  const [touched] = plan.touched
  if (touched) throw new Failure(undoWords.touched.refused(safe(shownRelative(touched.path))))
  if (plan.nothingToDo) throw notThere(plan.undoes?.entry.writes.at(-1)?.[0]?.path ?? '')
  return plan
}

function applied(
  document: ServiceDocument,
  edit: Exclude<ResolverEdit, {kind: 'undo'}>,
  edits: typeof Edits,
): ServiceDocument {
  switch (edit.kind) {
    case 'add': {
      const {use, kind: _, ...resolver} = edit
      const {stage, name} = resolver
      const before =
        use === 'beside-profile' ? edits.profileToResolver(document, {stage: 'default', name}) : document
      const after = edits.addResolver(before, {...resolver, stage})
      return use === 'provider' ? edits.useResolver(after, name) : after
    }
    case 'use-resolver':
      return edits.useResolver(document, edit.name)
    case 'use-profile':
      return edits.useProfile(document, edit.profile, edit.region)
    case 'move':
      return edits.profileToResolver(document, edit)
    case 'dashboard-off':
      return edits.dashboardOff(document, edit.stage, edit.name)
  }
}

/** What the check would find once this is written, and does not find now. */
async function newMistakes({files: [file]}: Plan, env: NodeJS.ProcessEnv): Promise<readonly Problem[]> {
  if (!file) return []
  const {path, before, after} = file
  const {checkText} = await import('../service/resolvers/index.js')
  const kind = path.endsWith('.json') ? 'json' : 'yml'
  const errorsOf = (bytes: Uint8Array) =>
    checkText(bytes, kind, path, worldOf(env)).findings.filter(({severity}) => severity === 'error')
  const known = new Set(errorsOf(before).map(({code}) => code))
  return errorsOf(after)
    .filter(({code}) => !known.has(code))
    .map(({code, what, why, fix}) => ({code, what, why, nextSteps: [fix]}))
}

async function viewOf(
  report: ServiceReport,
  {
    known,
    hasErrors,
    canVerify,
    last,
    isOneOfSeveral,
  }: {
    known: ReadonlyMap<string, ProfileKnown>
    hasErrors: boolean
    canVerify: boolean
    last: string | undefined
    isOneOfSeveral: boolean
  },
): Promise<ServiceView> {
  const [{explainPanels, overviewPanels}, {reportJson}] = await Promise.all([
    import('../service/report/describe.js'),
    import('../service/report/json.js'),
  ])
  const {path, model, whyNot, verdicts} = report
  const file = shownRelative(path)
  const {profile, resolver} = model?.provider ?? {}
  return {
    path,
    file,
    canEdit: whyNot === undefined && model !== undefined,
    hasErrors,
    overview: overviewPanels(report, file),
    stages: verdicts.map((verdict): StageView => ({
      name: verdict.stage,
      explained: [
        ...(isOneOfSeveral ? [{kind: 'heading', text: file} as const] : []),
        ...explainPanels(verdict, report, file),
      ],
      resolvers: (model?.stages ?? [])
        .filter(({name}) => name === verdict.stage || name === 'default')
        .flatMap(({name, resolvers}) =>
          resolvers.map((each) => ({
            name: each.name,
            writtenIn: name,
            isAws: each.type?.value === 'aws',
            isDashboardOff: each.dashboard?.value === false,
          })),
        ),
    })),
    ...(profile ? {providerProfile: profile.value} : {}),
    ...(resolver ? {providerResolver: resolver.value} : {}),
    profiles: [...known].map(([name, {hint, state, region: own}]) => ({
      name,
      ...(own === undefined ? {} : {region: own}),
      hint:
        state === 'broken' || state === 'expired'
          ? say`${hint ?? ''}: does not work as it is`
          : (hint ?? say``),
    })),
    canVerify,
    canUndo: last === path,
    data: () => reportJson(report),
  }
}
