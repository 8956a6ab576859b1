/** Variables that contradict each other, are empty, or hold only half of what they should. */
import {say, type SafeText} from '../../text/safe-text.js'
import {stsAddress} from '../../credentials/endpoint.js'
import {roleFault} from '../../credentials/judge-role.js'
import {environmentParts, EXPIRY_VARIABLE, keyFault, type KeyFault} from '../../credentials/judge-key.js'
import type {Env} from '../../credentials/snapshot.js'
import {unsetKeys} from '../../credentials/tools/botocore.js'
import {checkContainerUrl} from '../../credentials/tools/container.js'
import type {Finding} from '../types.js'
import type {Rule} from './context.js'
import {wayTo} from '../../text/program-name.js'
import {endOf} from '../../text/time.js'
import {copyVariable, setVariable, unsetVariables} from '../../text/shell.js'

export const environmentRules: readonly Rule[] = [
  halfPair,
  keysAndProfile,
  keyOfEnvironment,
  profileVariables,
  webIdentity,
  container,
  emptyVariables,
]

function halfPair({s: {env}, run}: Parameters<Rule>[0]): readonly Finding[] {
  const [id, secret] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']]
  if (Boolean(id) === Boolean(secret)) return []
  const [set, missing] = id
    ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
    : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID']
  const added = run.added?.get(missing!)
  if (added)
    return [
      {
        code: 'ENV_HALF_KEY_PAIR',
        severity: 'warning',
        what: say`${set} is set without ${missing}, which Serverless Framework takes from ${wayTo(added.path)}: other tools have half a key.`,
        where: say`${set}`,
        fix: say`Keep both in one place: set ${missing} here as well, or ${set} there.`,
      },
    ]
  return [
    {
      code: 'ENV_HALF_KEY_PAIR',
      severity: id ? 'error' : 'warning',
      what: id
        ? say`${set} is set without ${missing}: the AWS CLI stops, Serverless Framework passes it over.`
        : say`${set} is set without ${missing}: every tool passes it over.`,
      where: say`${set}`,
      fix: say`\`${unsetVariables([set])}\``,
    },
  ]
}

/** The two families of tools decide this one in opposite ways. */
function keysAndProfile({s: {env, javascript}, asked, profile}: Parameters<Rule>[0]): readonly Finding[] {
  const named = asked.profile || !profile.exists ? undefined : env['AWS_PROFILE']
  if (!named || !env['AWS_ACCESS_KEY_ID'] || !env['AWS_SECRET_ACCESS_KEY']) return []
  // A role that is taken on with the keys of the environment needs both.
  if (javascript.profiles.get(named)?.get('credential_source') === 'Environment') return []
  return [
    {
      code: 'ENV_KEYS_AND_PROFILE',
      severity: 'warning',
      what: say`Both AWS_PROFILE and AWS_ACCESS_KEY_ID are set: Serverless Framework takes the profile ${named}, the AWS CLI the keys.`,
      where: say`AWS_PROFILE, AWS_ACCESS_KEY_ID`,
      fix: say`Keep one: ${unsetKeys(env)}, or \`${unsetVariables(['AWS_PROFILE'])}\``,
    },
  ]
}

function keyOfEnvironment({s, tools}: Parameters<Rule>[0]): readonly Finding[] {
  const {env, now} = s
  const id = env['AWS_ACCESS_KEY_ID']
  if (!id || !env['AWS_SECRET_ACCESS_KEY']) return []
  const isUsed = tools.some(
    ({winner, failure}) => winner === 'environment' || failure?.source === 'environment',
  )
  const severity = isUsed ? 'error' : 'warning'
  const fault = keyFault(environmentParts(env, stsAddress(s)), s)
  // Only botocore reads the old variable.
  if (!fault && id.startsWith('AKIA') && env['AWS_SECURITY_TOKEN'])
    return [
      {
        code: 'TOKEN_BESIDE_LONG_LIVED_KEY',
        severity: 'warning',
        what: say`The environment: AWS_SECURITY_TOKEN stands beside a long-lived key (AKIA). AWS CLI 1 and Python tools send both, and AWS refuses that.`,
        where: say`AWS_SECURITY_TOKEN`,
        fix: say`\`${unsetVariables(['AWS_SECURITY_TOKEN'])}\``,
      },
    ]
  const end = endOf(env[EXPIRY_VARIABLE] ?? '')
  // Beside a key that does not end it is of another one, and botocore goes by it all the same.
  if (!fault && (id.startsWith('AKIA') || s.accepted?.has(id)) && end <= now)
    return [
      {
        code: 'EXPIRY_OF_ANOTHER_KEY',
        severity: 'warning',
        what: say`The environment: ${EXPIRY_VARIABLE} is over, and is not of this key. AWS CLI 1 and Python tools stop at it; Serverless Framework does not.`,
        where: say`${EXPIRY_VARIABLE}`,
        fix: say`\`${unsetVariables([EXPIRY_VARIABLE])}\``,
      },
    ]
  if (!fault) return []
  const {where, fix} = FAULTS[fault.code]
  const code = fault.code === 'KEY_EXPIRED' ? 'ENV_KEYS_EXPIRED' : fault.code
  return [{code, severity, what: say`The environment: ${fault.words}`, where, fix: fix(env)}]
}

const FAULTS: Readonly<
  Record<KeyFault['code'], {readonly where: SafeText; readonly fix: (env: Env) => SafeText}>
> = {
  KEY_MALFORMED: {where: say`AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY`, fix: unsetKeys},
  KEY_EXPIRED: {
    where: say`AWS_CREDENTIAL_EXPIRATION`,
    fix: (env) => say`${unsetKeys(env)}, or fetch fresh ones where these came from.`,
  },
  TEMPORARY_KEY_WITHOUT_TOKEN: {
    where: say`AWS_ACCESS_KEY_ID`,
    fix: (env) =>
      env['AWS_SECURITY_TOKEN']
        ? say`\`${copyVariable('AWS_SECURITY_TOKEN', 'AWS_SESSION_TOKEN')}\``
        : say`Copy all three values again, AWS_SESSION_TOKEN among them.`,
  },
  TOKEN_BESIDE_LONG_LIVED_KEY: {
    where: say`AWS_SESSION_TOKEN`,
    fix: () => say`\`${unsetVariables(['AWS_SESSION_TOKEN'])}\``,
  },
}

function profileVariables({s: {env, javascript}}: Parameters<Rule>[0]): readonly Finding[] {
  const [named, old] = [env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']]
  if (!old || old === named) return []
  return [
    {
      code: 'TWO_PROFILE_VARIABLES',
      severity: 'warning',
      what: named
        ? say`AWS_DEFAULT_PROFILE=${old} and AWS_PROFILE=${named} differ: AWS CLI 1 and Python tools take the first, all others the second.`
        : say`AWS_DEFAULT_PROFILE=${old} counts for the AWS CLI only; Serverless Framework does not read it.`,
      where: say`AWS_DEFAULT_PROFILE`,
      fix:
        named || !javascript.profiles.has(old)
          ? say`\`${unsetVariables(['AWS_DEFAULT_PROFILE'])}\``
          : say`\`${setVariable('AWS_PROFILE', old)}\`, then \`${unsetVariables(['AWS_DEFAULT_PROFILE'])}\``,
    },
  ]
}

function webIdentity({s: {env, named}, tools}: Parameters<Rule>[0]): readonly Finding[] {
  const file = env['AWS_WEB_IDENTITY_TOKEN_FILE']
  if (!file) return []
  const isUsed = tools.some(
    ({winner, failure}) => winner === 'web-identity-env' || failure?.source === 'web-identity-env',
  )
  const severity = isUsed ? 'error' : 'warning'
  if (!env['AWS_ROLE_ARN'])
    return [
      {
        code: 'WEB_IDENTITY_WITHOUT_ROLE',
        severity,
        what: say`AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN: the AWS CLI stops, Serverless Framework passes it over.`,
        where: say`AWS_WEB_IDENTITY_TOKEN_FILE`,
        fix: say`\`${unsetVariables(['AWS_WEB_IDENTITY_TOKEN_FILE'])}\``,
      },
    ]
  const malformed = roleFault(env['AWS_ROLE_ARN'], env)
  if (malformed)
    return [
      {
        code: malformed.code,
        severity,
        what: malformed.words,
        where: say`AWS_ROLE_ARN`,
        fix: say`\`${unsetVariables(['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'])}\``,
      },
    ]
  if (named.get(file) === 'readable') return []
  return [
    {
      code: 'TOKEN_FILE_UNREADABLE',
      severity,
      what: say`The token file ${file} ${named.get(file) === 'missing' ? 'is not there' : 'may not be read'}.`,
      where: say`AWS_WEB_IDENTITY_TOKEN_FILE`,
      fix: say`\`${unsetVariables(['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'])}\``,
    },
  ]
}

function container({s: {env, named}}: Parameters<Rule>[0]): readonly Finding[] {
  const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  const file = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']
  const isAsked = Boolean(full || env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])
  if (isAsked && file && named.get(file) !== 'readable')
    return [
      {
        code: 'TOKEN_FILE_UNREADABLE',
        severity: 'error',
        what: say`The token file ${file} ${named.get(file) === 'missing' ? 'is not there' : 'may not be read'}: every tool stops at it.`,
        where: say`AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`,
        fix: say`In a container, its token has to be mounted there again. Elsewhere the variables are left over: \`${unsetVariables(CONTAINER_VARIABLES.filter((name) => env[name]))}\``,
      },
    ]
  if (!full || env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || !checkContainerUrl(full)) return []
  return [
    {
      code: 'CONTAINER_ADDRESS_REFUSED',
      severity: 'warning',
      what: say`The address is neither https:// nor one of this machine or of a container service; no tool asks it.`,
      where: say`AWS_CONTAINER_CREDENTIALS_FULL_URI`,
      fix: say`\`${unsetVariables(['AWS_CONTAINER_CREDENTIALS_FULL_URI'])}\``,
    },
  ]
}

const CONTAINER_VARIABLES = [
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
]

/** Variables of which an empty value is not the same as none, to at least one tool. */
const NOT_EMPTY = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
]
/** With these the AWS CLI does not work at all, or without its files. */
const HARMFUL = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_REGION',
]

function emptyVariables({s: {env}}: Parameters<Rule>[0]): readonly Finding[] {
  return NOT_EMPTY.filter((name) => env[name] === '').map((name) => ({
    code: 'EMPTY_VARIABLE',
    severity: HARMFUL.includes(name) ? ('warning' as const) : ('note' as const),
    what: say`${name} is set, but empty: some tools take that as a value.`,
    where: say`${name}`,
    fix: say`\`${unsetVariables([name])}\``,
  }))
}
