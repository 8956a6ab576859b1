import {createHash} from 'node:crypto'
import {diagnose} from '../../../src/doctor/diagnose.js'
import {readSnapshot, type Snapshot} from '../../../src/credentials/snapshot.js'
import type {Asked, ToolId, ToolVerdict} from '../../../src/credentials/types.js'
import type {Diagnosis, Finding} from '../../../src/doctor/types.js'
import {homeSandbox, type Home} from '../../support/home.js'

export const NOW = Date.parse('2026-03-01T12:00:00Z')
const HOUR = 3_600_000

export interface MachineSpec {
  readonly env?: Readonly<Record<string, string>>
  readonly credentials?: string
  readonly config?: string
  /** More files under the home folder. */
  readonly files?: Readonly<Record<string, string>>
  readonly asked?: Asked
  readonly isEc2?: boolean
}

export interface Examined {
  readonly home: Home
  readonly surroundings: Snapshot
  readonly env: Readonly<Record<string, string>>
  readonly diagnosis: Diagnosis
  tool(id: ToolId): ToolVerdict
  finding(code: string): Finding | undefined
  readonly codes: readonly string[]
}

/** A machine of its own, read and diagnosed at noon on 1 March 2026. `~/` in a value is its home folder. */
export async function examine(spec: MachineSpec): Promise<Examined> {
  const home = homeSandbox()
  const inHome = (text: string) => text.replaceAll('~/', `${home.path}/`)
  const files = {
    ...(spec.credentials === undefined ? {} : {'.aws/credentials': inHome(spec.credentials)}),
    ...(spec.config === undefined ? {} : {'.aws/config': inHome(spec.config)}),
    ...spec.files,
  }
  for (const [file, text] of Object.entries(files)) home.write(file, text)
  const env = Object.fromEntries(
    Object.entries({...home.env, ...spec.env}).map(([name, value]) => [name, inHome(value)]),
  )
  return look(home, env, spec)
}

/** The same machine once more, after something was changed. */
export async function look(
  home: Home,
  env: Readonly<Record<string, string>>,
  {asked = {}, isEc2 = false}: MachineSpec = {},
): Promise<Examined> {
  const surroundings = await readSnapshot({env, now: NOW, isEc2})
  const diagnosis = diagnose(surroundings, asked)
  return {
    home,
    env,
    surroundings,
    diagnosis,
    tool: (id) => diagnosis.tools.find((tool) => tool.id === id)!,
    finding: (code) => diagnosis.findings.find((each) => each.code === code),
    codes: diagnosis.findings.map(({code}) => code),
  }
}

export const KEY =
  'aws_access_key_id = AKIAABCDEFGHIJKLMNOP\naws_secret_access_key = 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\n'
export const OTHER_KEY =
  'aws_access_key_id = AKIAZZZZZZZZZZZZZZZZ\naws_secret_access_key = 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\n'
export const ENV_KEY = {
  AWS_ACCESS_KEY_ID: 'AKIAENVENVENVENVENVE',
  AWS_SECRET_ACCESS_KEY: 'eNvirXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz',
}
export const ENV_TEMPORARY = {...ENV_KEY, AWS_ACCESS_KEY_ID: 'ASIAENVENVENVENVENVE', AWS_SESSION_TOKEN: 'abc'}
export const SSO_PROFILE = 'sso_session = corp\nsso_account_id = 000000000001\nsso_role_name = Admin\n'
export const SSO_SESSION =
  '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n'

/** A file of the token cache; hours from now. */
export function ssoToken(session: string, hours: number, more: object = {}): Record<string, string> {
  const name = createHash('sha1').update(session).digest('hex')
  const expiresAt = new Date(NOW + hours * HOUR).toISOString().replace('.000', '')
  return {[`.aws/sso/cache/${name}.json`]: JSON.stringify({accessToken: 'token', expiresAt, ...more})}
}

export function registration(hours: number): object {
  return {
    clientId: 'client',
    clientSecret: 'secret',
    refreshToken: 'refresh',
    registrationExpiresAt: new Date(NOW + hours * HOUR).toISOString(),
  }
}
