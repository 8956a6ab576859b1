/** The ports of the screens on resolvers, connected to the files of the service and of AWS. */
import {access} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import type {PlannedChange} from '../../flows/change/ports.js'
import type {ResolverEdit, ResolversPorts, ServiceView, StageView} from '../../flows/resolvers/ports.js'
import type {WorkContext} from '../engine/types.js'
import {Failure} from '../safety/problem.js'
import {safe, say, type SafeText} from '../safety/safe-text.js'
import type {ServiceDocument} from '../service/document.js'
import type {ProfileKnown, World} from '../service/resolvers/index.js'
import type * as Edits from '../service/resolver-edit.js'
import type {ServiceReport} from '../service/report/report.js'
import type {ServicePlan} from '../service/save.js'
import type {AwsFiles} from '../store/locations.js'
import {plannedService, shownRelative} from './service-folder.js'

export interface ResolversWiring {
  readonly env: NodeJS.ProcessEnv
  readonly files: AwsFiles
  /** `--service`, `--stage`, `--profile` and `--region`. */
  readonly folder: string | undefined
  readonly stage: string | undefined
  readonly profile: string | undefined
  readonly region: string | undefined
}

type Known = ReadonlyMap<string, ProfileKnown & {readonly hint: SafeText}>

export function resolversPorts(wiring: ResolversWiring): ResolversPorts {
  const {env} = wiring
  // The last change that was written, to be taken back.
  let last: ServicePlan | undefined
  return {
    readServices: async ({verify}, context) => {
      const [paths, known, dashboard] = await Promise.all([
        servicePaths(wiring.folder),
        profilesHere(env),
        signedIn(wiring),
      ])
      const {hasErrors, reportService} = await import('../service/report/report.js')
      const worldOf = (profiles: Known): World => ({
        env: new Set(Object.keys(env).filter((name) => env[name] !== '')),
        profiles,
        dashboard: {signedIn: dashboard},
        ...(wiring.profile === undefined ? {} : {awsProfileOption: wiring.profile}),
        ...(wiring.region === undefined ? {} : {regionOption: wiring.region}),
        ...(env['AWS_REGION'] ? {envRegion: env['AWS_REGION']} : {}),
      })
      const reportAll = async (profiles: Known) => {
        const reports: ServiceReport[] = []
        for (const path of paths) reports.push(await reportService(path, worldOf(profiles), wiring.stage))
        return reports
      }
      const offline = await reportAll(known)
      const named = namedProfiles(offline).filter((name) => known.has(name))
      const reports = verify ? await reportAll(await verified(named, known, env, context)) : offline
      const views: ServiceView[] = []
      for (const report of reports)
        views.push(
          await viewOf(report, {known, hasErrors: hasErrors(report), canVerify: named.length > 0, last}),
        )
      return views
    },

    planResolvers: async (path, edit) => {
      if (edit.kind === 'undo') return plannedService(await undone(last))
      const [{planServiceEdit}, edits] = await Promise.all([
        import('../service/service-file.js'),
        import('../service/resolver-edit.js'),
      ])
      return plannedService(await planServiceEdit(path, (document) => applied(document, edit, edits)))
    },

    writeResolvers: async (plan, {signal}) => {
      const {saveService} = await import('../service/save.js')
      const {servicePlan} = plan as PlannedChange & {readonly servicePlan: ServicePlan}
      const remarks = await saveService(servicePlan, signal)
      last = servicePlan === last ? undefined : servicePlan
      return remarks
    },
  }
}

function applied(
  document: ServiceDocument,
  edit: Exclude<ResolverEdit, {kind: 'undo'}>,
  edits: typeof Edits,
): ServiceDocument {
  switch (edit.kind) {
    case 'add': {
      const {use, kind: _, ...resolver} = edit
      const after = edits.addResolver(document, resolver)
      return use ? edits.useResolver(after, resolver.name) : after
    }
    case 'use-resolver':
      return edits.useResolver(document, edit.name)
    case 'use-profile':
      return edits.useProfile(document, edit.profile)
    case 'move':
      return edits.profileToResolver(document, edit)
    case 'dashboard-off':
      return edits.dashboardOff(document, edit.stage, edit.name)
  }
}

/** The reverse of a change that was written; the file must still be what it made of it. */
async function undone(last: ServicePlan | undefined): Promise<ServicePlan> {
  if (!last) throw new Error('There is no change to take back.')
  const {diffOf} = await import('../store/diff.js')
  const {before, after} = last
  return {...last, before: after, after: before, diff: diffOf(after, before), nothingToDo: false}
}

const COMPOSE_FILES = ['serverless-compose.yml', 'serverless-compose.yaml', 'serverless-compose.json']

/** The file of the service in the folder, or those of the services of a compose file. @throws Failure SERVICE_NOT_HERE */
async function servicePaths(folder: string | undefined): Promise<readonly string[]> {
  const dir = resolve(folder ?? '.')
  const {findServiceFile} = await import('../service/service-file.js')
  const own = await findServiceFile(dir)
  if (own !== undefined) return [own]
  for (const name of COMPOSE_FILES) {
    const path = join(dir, name)
    if (!(await isThere(path))) continue
    const found = await Promise.all((await composed(path)).map((each) => findServiceFile(each)))
    const paths = found.filter((each) => each !== undefined)
    if (paths.length > 0) return paths
  }
  throw new Failure({
    code: 'SERVICE_NOT_HERE',
    what: say`There is no service in ${shownRelative(dir) || 'this folder'}.`,
    why: say`Neither serverless.yml, .yaml, .json, .ts, .js nor a serverless-compose.yml with services is there.`,
    nextSteps: [
      say`Name its folder: \`serverless-setup resolvers --service path/to/service\``,
      say`Or make a service: \`serverless-setup --path role\``,
    ],
  })
}

async function composed(path: string): Promise<readonly string[]> {
  const [{readFile}, {parseService}, {readCompose}] = await Promise.all([
    import('node:fs/promises'),
    import('../service/document.js'),
    import('../service/resolvers/index.js'),
  ])
  const kind = path.endsWith('.json') ? 'json' : 'yml'
  const {services} = readCompose(parseService(await readFile(path), kind, path))
  return services.map((each) => resolve(dirname(path), each.path))
}

/** The profiles of this machine and what can be said of each without asking AWS. */
async function profilesHere(env: NodeJS.ProcessEnv): Promise<Known> {
  const [{readSurroundings}, {profileStates}] = await Promise.all([
    import('../doctor/surroundings.js'),
    import('../doctor/profile-states.js'),
  ])
  return new Map(
    profileStates(await readSurroundings({env}))
      .filter(({kind}) => kind !== 'empty')
      .map(({name, state, why, detail, where}) => [
        name,
        {
          // That it could work is not that it does: AWS was not asked.
          state: state === 'expired' ? 'expired' : state === 'usable' ? 'unknown' : 'broken',
          ...(why ? {note: why} : {}),
          hint: detail ?? where,
        },
      ]),
  )
}

/** What AWS says of these profiles. A fault of the network says nothing about one. */
async function verified(
  names: readonly string[],
  known: Known,
  env: NodeJS.ProcessEnv,
  context: WorkContext,
): Promise<Known> {
  const {verifyProfiles} = await import('./verify.js')
  const answers = await verifyProfiles(names, env, context)
  const after = new Map(known)
  for (const {profile, accountId, problem} of answers) {
    const before = known.get(profile)
    if (!before) continue
    if (accountId !== undefined)
      after.set(profile, {...before, state: 'good', note: say`Account ${accountId}.`})
    else if (problem && ABOUT_KEY.includes(problem.code))
      after.set(profile, {
        ...before,
        state: problem.code === 'EXPIRED_TOKEN' ? 'expired' : 'broken',
        note: problem.what,
      })
  }
  return after
}

const ABOUT_KEY: readonly string[] = [
  'INVALID_CLIENT_TOKEN',
  'SIGNATURE_MISMATCH',
  'EXPIRED_TOKEN',
  'ACCESS_DENIED',
  'SSO_SESSION_EXPIRED',
  'SSO_ROLE_GONE',
  'NO_KEYS_TO_CHECK',
]

/** The profiles that a service names. */
function namedProfiles(reports: readonly ServiceReport[]): readonly string[] {
  const names = reports.flatMap(({model}) => [
    ...(model?.provider.profile ? [model.provider.profile.value] : []),
    ...(model?.stages ?? []).flatMap(({resolvers}) =>
      resolvers.flatMap(({profile}) => (profile ? [profile.value] : [])),
    ),
  ])
  return [...new Set(names)]
}

async function signedIn({env, files}: ResolversWiring): Promise<boolean> {
  if (env['SERVERLESS_ACCESS_KEY'] || env['SERVERLESS_USER_ACCESS_KEY']) return true
  const {readDashboardUser} = await import('../store/serverless-rc.js')
  const stage = env['SERVERLESS_PLATFORM_STAGE'] === 'dev' ? 'dev' : 'prod'
  // A file of the Framework that cannot be read is told where it is needed.
  return (await readDashboardUser(files.home, stage).catch(() => undefined)) !== undefined
}

async function viewOf(
  report: ServiceReport,
  {
    known,
    hasErrors,
    canVerify,
    last,
  }: {known: Known; hasErrors: boolean; canVerify: boolean; last: ServicePlan | undefined},
): Promise<ServiceView> {
  const [{explainPanels, overviewPanels}, {reportJson}] = await Promise.all([
    import('../service/report/describe.js'),
    import('../service/report/json.js'),
  ])
  const {path, model, whyNot, verdicts} = report
  const file = safe(shownRelative(path))
  const {profile, resolver} = model?.provider ?? {}
  return {
    path,
    file,
    canEdit: whyNot === undefined && model !== undefined,
    hasErrors,
    overview: overviewPanels(report, file),
    stages: verdicts.map((verdict): StageView => ({
      name: verdict.stage,
      explained: explainPanels(verdict, file),
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
    profiles: [...known].map(([name, {hint}]) => ({name, hint})),
    canVerify,
    canUndo: last?.path === path,
    data: () => reportJson(report),
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
