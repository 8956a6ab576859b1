/** What the file of the service in a folder says of credentials, for the doctor. */
import type {Asked, ProfileState} from '../credentials/types.js'
import type {Panel} from '../engine/types.js'
import {findServiceFile} from '../service/find-file.js'
import type {World} from '../service/resolvers/index.js'
import {shownRelative} from './shown.js'

export interface ServiceVerdict {
  readonly panels: readonly Panel[]
  data(): Readonly<Record<string, unknown>>
}

/** `undefined` where no service is there. @param profiles those that the doctor has looked at; asked for with a service only */
export async function serviceVerdict(
  folder: string | undefined,
  env: NodeJS.ProcessEnv,
  {profile, region}: Asked,
  profiles: () => readonly ProfileState[],
): Promise<ServiceVerdict | undefined> {
  const path = findServiceFile(folder ?? '.')
  if (path === undefined) return undefined
  const [{reportService}, {overviewPanels}, {reportJson}] = await Promise.all([
    import('../service/report/report.js'),
    import('../service/report/describe.js'),
    import('../service/report/json.js'),
  ])
  const world: World = {
    env: new Set(Object.keys(env).filter((name) => env[name] !== '')),
    profiles: new Map(
      profiles()
        .filter(({kind}) => kind !== 'empty')
        .map(({name, state}) => [
          name,
          {state: state === 'expired' ? 'expired' : state === 'usable' ? 'unknown' : 'broken'},
        ]),
    ),
    ...(profile === undefined ? {} : {awsProfileOption: profile}),
    ...(region === undefined ? {} : {regionOption: region}),
    ...(env['AWS_REGION'] ? {envRegion: env['AWS_REGION']} : {}),
  }
  const report = await reportService(path, world)
  return {panels: overviewPanels(report, shownRelative(path)), data: () => reportJson(report)}
}
