import {existsSync, readFileSync} from 'node:fs'
import {resolveChain, type ChainLink} from '../../src/store/chain.js'
import {awsFiles, selectedProfile} from '../../src/store/locations.js'
import {readProfiles} from '../../src/store/readers/spec.js'
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
    expect(selectedProfile(each.environment)).toBe(each.profile ?? 'default')
  })

  interface ChainCase {
    readonly docs: string
    readonly input: {
      profiles: Record<string, Record<string, string>>
      sso_sessions?: Record<string, Record<string, string>>
      selected_profile: string
    }
    readonly output: {ProfileChain?: Record<string, Record<string, string> | string>[]; Error?: string}
  }
  const chainCases: readonly ChainCase[] = load('assume-role-tests.json') ?? [{docs: '-'}]

  run.each(chainCases.map((each) => [each.docs, each] as const))('chain: %s', (_, {input, output}) => {
    const files = {profiles: input.profiles, ssoSessions: input.sso_sessions ?? {}}
    const chain = resolveChain(files, input.selected_profile)
    if (output.Error !== undefined)
      return expect(chain).toEqual({error: expect.stringContaining(output.Error)})
    expect('links' in chain && chain.links.map((link) => asVector(link, input.profiles))).toEqual(
      output.ProfileChain,
    )
  })
})

/** A link in the words of the suite; secrets are looked up in the case, as a chain holds none. */
function asVector(link: ChainLink, profiles: Record<string, Record<string, string>>) {
  const some = (values: Record<string, string | undefined>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  switch (link.kind) {
    case 'access-key': {
      const profile = profiles[link.profile]!
      return {
        AccessKey: some({
          access_key_id: link.accessKeyId,
          secret_access_key: profile['aws_secret_access_key'],
          account_id: profile['aws_account_id'],
        }),
      }
    }
    case 'named-source':
      return {NamedSource: link.source}
    case 'web-identity':
      return {
        WebIdentityToken: some({
          role_arn: link.roleArn,
          web_identity_token_file: link.tokenFile,
          role_session_name: link.sessionName,
        }),
      }
    case 'sso':
      return {
        Sso: some({
          sso_account_id: link.accountId,
          sso_region: link.region,
          sso_role_name: link.roleName,
          sso_start_url: link.startUrl,
          sso_session: link.session,
        }),
      }
    case 'process':
      return {CredentialProcess: link.command}
    case 'role':
      return {
        AssumeRole: some({
          role_arn: link.roleArn,
          external_id: link.externalId,
          role_session_name: link.sessionName,
        }),
      }
  }
}
