import {createHash} from 'node:crypto'
import type {Env} from './peers.js'

/** A machine to diagnose: files under its home folder, and variables. `~` in a value stands for the home folder. */
export interface Machine {
  readonly env: Env
  readonly files: Record<string, string>
}

/** mulberry32: small, and the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const HOUR = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

/** One machine out of very many: all kinds of sources, whole and broken, in the environment and in three profiles. */
export function makeMachine(index: number, random: () => number, stubUrl: string): Machine {
  const chance = (share: number) => random() < share
  const pick = <T>(...items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const env: Env = {}
  const files: Record<string, string> = {}
  const now = Date.now()
  // The SDK remembers for half a minute which sessions it has renewed.
  const session = `corp${index}`

  // Two of three machines are mostly in order, so that long chains come to their end.
  const isCalm = index % 3 !== 0
  const keyPair = isCalm
    ? pick('none', 'none', 'none', 'none', 'whole')
    : pick('none', 'none', 'whole', 'whole', 'id', 'secret', 'empty')
  if (['whole', 'id', 'empty'].includes(keyPair))
    env['AWS_ACCESS_KEY_ID'] = keyPair === 'empty' ? '' : 'AKIAENVIRONMENT'
  if (['whole', 'secret'].includes(keyPair)) env['AWS_SECRET_ACCESS_KEY'] = 'secret'
  if (keyPair === 'whole' && chance(0.2)) env['AWS_CREDENTIAL_EXPIRATION'] = iso(now + pick(-5, 5) * HOUR)
  if (isCalm && chance(0.7)) env['AWS_PROFILE'] = pick('dev', 'dev', 'dev', 'default')
  if (!isCalm && chance(0.5)) env['AWS_PROFILE'] = pick('dev', 'dev', 'default', 'base', 'missing', '')
  if (chance(isCalm ? 0.04 : 0.12)) env['AWS_DEFAULT_PROFILE'] = pick('dev', 'base', 'missing')
  if (chance(0.25)) env['AWS_REGION'] = pick('eu-west-1', 'us-west-2')
  if (chance(0.25)) env['AWS_DEFAULT_REGION'] = pick('eu-west-3', 'us-east-2')
  if (chance(isCalm ? 0.04 : 0.12)) {
    env['AWS_WEB_IDENTITY_TOKEN_FILE'] = pick('~/token', '~/token', '~/no-token')
    if (chance(0.8)) env['AWS_ROLE_ARN'] = 'arn:aws:iam::111122223333:role/env'
  }
  if (chance(0.2))
    env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = pick(
      `${stubUrl}/container`,
      `${stubUrl}/container`,
      'http://example.com/x',
      'not a url',
    )
  if (chance(0.2)) env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = `${stubUrl}/`
  else env['AWS_EC2_METADATA_DISABLED'] = 'true'
  if (chance(0.02)) env['AWS_CONFIG_FILE'] = ''
  if (chance(0.02)) env['AWS_SHARED_CREDENTIALS_FILE'] = ''
  files['token'] = 'a.b.c'

  const credentials: string[] = []
  const config: string[] = []
  for (const name of ['default', 'dev', 'base']) {
    if (chance(name === 'default' ? 0.3 : 0.1)) continue
    const [keys, settings] = profile(name, {chance, pick, session, now}, isCalm)
    if (keys.length > 0) credentials.push(header(name, 'credentials'), ...keys, '')
    if (settings.length > 0) config.push(header(name, 'config'), ...settings, '')
  }
  if (chance(0.8)) {
    config.push(`[sso-session ${session}]`)
    if (chance(0.95)) config.push('sso_start_url = https://corp.awsapps.com/start')
    if (chance(0.95)) config.push('sso_region = eu-west-1')
    config.push('')
  }
  tokenFiles(files, {chance, pick, session, now})
  if (chance(isCalm ? 0.08 : 0.3)) spoil(credentials, config, pick)
  if (credentials.length > 0 || chance(0.5)) files['.aws/credentials'] = credentials.join('\n')
  if (config.length > 0 || chance(0.5)) files['.aws/config'] = config.join('\n')
  return {env, files}
}

interface Dice {
  chance(share: number): boolean
  pick<T>(...items: readonly T[]): T
  readonly session: string
  readonly now: number
}

function header(name: string, kind: 'credentials' | 'config'): string {
  return kind === 'config' && name !== 'default' ? `[profile ${name}]` : `[${name}]`
}

/** Lines of a profile in both files: none, one or two ways of getting credentials. */
function profile(name: string, dice: Dice, isCalm: boolean): [string[], string[]] {
  const {chance, pick, session} = dice
  const keys: string[] = []
  const settings: string[] = []
  const put = (...lines: string[]) => (chance(0.9) ? settings : keys).push(...lines)
  const isPlain = isCalm && name === 'base' && chance(0.6)
  const methods = new Set(
    Array.from({length: isPlain ? 0 : pick(0, 1, 1, 1, 2)}, () =>
      pick(
        'static',
        'static',
        'in-config',
        'half',
        'role',
        'role',
        'role',
        'sso',
        'sso',
        'old-sso',
        'process',
        'web',
        'login',
      ),
    ),
  )
  if (isPlain) methods.add('static')
  if (isCalm && name === 'dev' && chance(0.35)) {
    methods.clear()
    methods.add('role')
  }
  for (const method of methods)
    switch (method) {
      case 'static':
        keys.push(`aws_access_key_id = AKIA${name}CREDENTIALS`, 'aws_secret_access_key = secret')
        break
      case 'in-config':
        settings.push(`aws_access_key_id = AKIA${name}CONFIG`, 'aws_secret_access_key = secret')
        break
      case 'half':
        if (!methods.has('static') && !methods.has('in-config'))
          keys.push(pick(`aws_access_key_id = AKIA${name}HALF`, 'aws_secret_access_key = secret'))
        break
      case 'role':
        put(`role_arn = arn:aws:iam::111122223333:role/${name}`)
        if (chance(0.85)) put(`source_profile = ${pick('base', 'base', 'default', name, 'dev', 'missing')}`)
        if (chance(0.2))
          put(`credential_source = ${pick('Environment', 'EcsContainer', 'Ec2InstanceMetadata', 'Nonsense')}`)
        if (chance(0.1)) put('mfa_serial = arn:aws:iam::111122223333:mfa/me')
        break
      case 'sso':
        put(`sso_session = ${chance(0.85) ? session : 'nowhere'}`)
        if (chance(0.92)) put('sso_account_id = 000000000001')
        if (chance(0.92)) put(`sso_role_name = ${name}`)
        if (chance(0.1)) put(`sso_region = ${pick('eu-west-1', 'us-east-1')}`)
        break
      case 'old-sso':
        if (methods.has('sso')) break
        put('sso_start_url = https://old.awsapps.com/start', 'sso_region = eu-west-1')
        if (chance(0.92)) put('sso_account_id = 000000000002', `sso_role_name = ${name}`)
        break
      case 'process': {
        const answer = `{"Version":1,"AccessKeyId":"PROCESS-${name}","SecretAccessKey":"secret"}`
        put(`credential_process = ${chance(0.8) ? `/bin/echo '${answer}'` : '/nowhere/program --please'}`)
        break
      }
      case 'web':
        put(`web_identity_token_file = ${pick('~/token', '~/token', '~/no-token')}`)
        if (chance(0.9) && !methods.has('role')) put(`role_arn = arn:aws:iam::111122223333:role/web-${name}`)
        break
      case 'login':
        put(`login_session = arn:aws:iam::111122223333:user/${name}`)
    }
  if (chance(0.5)) put(`region = ${pick('ap-south-1', 'sa-east-1')}`)
  if (chance(0.1) && keys.length > 0) keys.push('region = ca-central-1')
  return [unique(keys), unique(settings)]
}

/** One line of each key: two of them are a fault that is made on purpose elsewhere. */
function unique(lines: readonly string[]): string[] {
  return [...new Map(lines.map((line) => [line.split(' = ')[0]!, line])).values()]
}

function tokenFiles(files: Record<string, string>, {chance, pick, session, now}: Dice): void {
  const put = (folder: string, algorithm: string, name: string, token: unknown) => {
    const file = `.aws/${folder}/cache/${createHash(algorithm).update(name).digest('hex')}.json`
    files[file] = typeof token === 'string' ? token : JSON.stringify(token)
  }
  const registration = (hours: number) => ({
    clientId: hours < 0 ? 'over' : 'client',
    clientSecret: 'secret',
    refreshToken: 'refresh',
    registrationExpiresAt: iso(now + hours * HOUR),
  })
  const token = (hours: number) => ({accessToken: 'token', expiresAt: iso(now + hours * HOUR)})
  // As other tools have written it, and as hands do.
  const oddly = (hours: number) => {
    const at = now + hours * HOUR
    return {
      accessToken: 'token',
      expiresAt: pick<string | number>(iso(at).replace(/Z$/, 'UTC'), iso(at).replace(/Z$/, ''), at),
    }
  }
  switch (
    pick(
      'none',
      'valid',
      'valid',
      'valid',
      'odd',
      'over',
      'soon',
      'renewable',
      'unrenewable',
      'damaged',
      'half',
    )
  ) {
    case 'valid':
      put('sso', 'sha1', session, {...token(6), ...registration(48)})
      break
    case 'odd':
      put('sso', 'sha1', session, {...oddly(pick(6, 6, -30)), ...(chance(0.5) ? registration(48) : {})})
      break
    case 'over':
      put('sso', 'sha1', session, token(-6))
      break
    case 'soon':
      put('sso', 'sha1', session, token(0.05))
      break
    case 'renewable':
      put('sso', 'sha1', session, {...token(pick(-6, 0.05)), ...registration(48)})
      break
    case 'unrenewable':
      put('sso', 'sha1', session, {...token(pick(-6, 0.05)), ...registration(-3)})
      break
    case 'damaged':
      put('sso', 'sha1', session, '{"accessToken": "tok')
      break
    case 'half':
      put('sso', 'sha1', session, {accessToken: 'token'})
  }
  const old = 'https://old.awsapps.com/start'
  if (chance(0.7)) put('sso', 'sha1', old, chance(0.2) ? oddly(pick(6, -30)) : token(pick(6, 6, -6)))
  for (const name of ['default', 'dev', 'base'])
    if (chance(0.7))
      put('login', 'sha256', `arn:aws:iam::111122223333:user/${name}`, {
        accessToken: {
          accessKeyId: `LOGIN-${name}`,
          secretAccessKey: 'secret',
          sessionToken: 'token',
          accountId: '111122223333',
          expiresAt: iso(now + HOUR),
        },
        clientId: 'client',
        refreshToken: 'refresh',
        ...(chance(0.9) ? {dpopKey: 'key'} : {}),
      })
}

/** What people's files really hold, and readers take differently. */
function spoil(credentials: string[], config: string[], pick: Dice['pick']): void {
  const file = pick(credentials, config)
  const replace = (from: RegExp, to: string) => {
    const at = file.findIndex((line) => from.test(line))
    if (at >= 0) file[at] = file[at]!.replace(from, to)
  }
  switch (
    pick(
      'twice',
      'twice-key',
      'capitals',
      'comment',
      'prefix',
      'DEFAULT',
      'both',
      'bom',
      'no-equals',
      'proto',
      'blank',
      'colon',
      'crlf',
      'prefix-in-credentials',
      'header-comment',
    )
  ) {
    case 'twice':
      file.push(file[0] ?? '[dev]', 'region = eu-north-1')
      break
    case 'twice-key':
      file.push('[other]', 'region = a', 'region = b')
      break
    case 'capitals':
      replace(/^aws_access_key_id/, 'AWS_ACCESS_KEY_ID')
      break
    case 'comment':
      replace(/$/, '')
      replace(/^(aws_access_key_id = .*)$/, '$1 # mine')
      break
    case 'prefix':
      replace(/^\[profile (\w+)\]/, '[$1]')
      break
    case 'DEFAULT':
      file.unshift('[DEFAULT]', 'region = leak-1')
      break
    case 'both':
      config.push('[profile default]', 'region = both-1')
      break
    case 'bom':
      file[0] = `\ufeff${file[0] ?? ''}`
      break
    case 'no-equals':
      file.push('[other]', 'just words')
      break
    case 'proto':
      file.push('[__proto__]', 'x = y')
      break
    case 'blank':
      replace(/^\[(\w+)\]/, '[ $1 ]')
      break
    case 'colon':
      replace(/^(aws_secret_access_key|role_arn) = /, '$1 : ')
      break
    case 'crlf':
      for (const [index, line] of file.entries()) file[index] = `${line}\r`
      break
    case 'prefix-in-credentials':
      credentials.push('[profile dev]', 'aws_access_key_id = AKIAWRONG', 'aws_secret_access_key = secret')
      break
    case 'header-comment':
      replace(/^(\[[^\]]*\])$/, '$1 # mine')
  }
}
