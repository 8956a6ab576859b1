import {existsSync, readFileSync} from 'node:fs'
import {profileName} from '../../src/credentials/tools/javascript.js'
import {awsFiles} from '../../src/files/locations.js'
import {readProfiles} from './support/changed.js'
import {testUnless} from './support/skip.js'

const FOLDER = '../shared/vectors/smithy-rs'
const why = existsSync(FOLDER) ? undefined : `the public vectors are not here (${FOLDER})`
const load = (name: string) => (why ? undefined : JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')))

interface ParserCase {
  readonly name: string
  readonly input: {configFile?: string; credentialsFile?: string}
  readonly output: {config?: {profiles: object; sso_sessions?: object}; errorContaining?: string}
}

const plain = (map: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
  Object.fromEntries([...map].map(([name, properties]) => [name, Object.fromEntries(properties)]))

describe('the public vectors of the shared-file specification', () => {
  const parserCases: readonly ParserCase[] = load('profile-parser-tests.json')?.tests ?? [
    {name: '-', input: {}, output: {}},
  ]
  const run = testUnless(why)
  run('are all there', () => expect(parserCases.length).toBeGreaterThanOrEqual(65))

  run.each(parserCases.map((each) => [each.name, each] as const))('parser: %s', (_, {input, output}) => {
    const read = () => readProfiles(input.configFile ?? '', input.credentialsFile ?? '')
    if (output.errorContaining !== undefined) return expect(read).toThrow(output.errorContaining)
    const {profiles, ssoSessions} = read()
    expect(plain(profiles)).toEqual(output.config!.profiles)
    expect(plain(ssoSessions)).toEqual(output.config!.sso_sessions ?? {})
  })

  interface LocationCase {
    readonly name: string
    readonly environment: Record<string, string>
    readonly platform: 'linux' | 'windows'
    readonly profile?: string
    readonly configLocation: string
    readonly credentialsLocation: string
  }
  const locationCases: readonly LocationCase[] = load('file-location-tests.json')?.tests ?? [{name: '-'}]

  run.each(locationCases.map((each) => [each.name, each] as const))('location: %s', (_, each) => {
    // One case of the suite does not say its platform.
    const isWindows = each.platform === 'windows' || each.configLocation.startsWith('C:')
    const files = awsFiles(each.environment, isWindows ? 'win32' : 'linux', () => '/nowhere')
    expect(files.config).toBe(each.configLocation)
    expect(files.credentials).toBe(each.credentialsLocation)
    expect(profileName({env: each.environment}, {})).toBe(each.profile ?? 'default')
  })
})
