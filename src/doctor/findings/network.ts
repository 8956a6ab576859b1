/** What stands between this machine and AWS: other endpoints, a proxy, the clock. */
import {say, type SafeText} from '../../text/safe-text.js'
import {ignoresEndpoints, servicesOf} from '../../credentials/endpoint.js'
import {placeOfKey, placeOfSection} from '../../credentials/places.js'
import {takeOut} from '../../credentials/take-out.js'
import type {Finding} from '../types.js'
import type {Context, Rule} from './context.js'
import {unsetVariables} from '../../text/shell.js'
import {setClock} from '../../text/shell-lines.js'

/** AWS refuses requests that are dated further off. Seconds. */
const MAX_SKEW = 300

export const networkRules: readonly Rule[] = [
  endpointVariables,
  endpointOfProfile,
  proxy,
  certificates,
  clock,
]

function endpointVariables({run}: Context): readonly Finding[] {
  const {env} = run
  if (isOff(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) return []
  return Object.keys(env)
    .filter((name) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && env[name])
    .toSorted()
    .map((name) => ({
      code: 'ENDPOINT_OVERRIDE',
      severity: 'warning' as const,
      what:
        name === 'AWS_ENDPOINT_URL'
          ? say`All requests go to ${addressOf(env[name]!)} in place of AWS.`
          : say`Requests to ${name.slice('AWS_ENDPOINT_URL_'.length)} go to ${addressOf(env[name]!)} in place of AWS.`,
      where: say`${name}`,
      fix: takeOut(run, [name]),
    }))
}

function endpointOfProfile({s, run, profile}: Context): readonly Finding[] {
  const data = s.javascript.profiles.get(profile.name)
  // What the environment says wins over it.
  const isBeaten = (name: string) =>
    Boolean(run.env['AWS_ENDPOINT_URL'] || run.env[`AWS_ENDPOINT_URL_${name}`])
  if (!data || ignoresEndpoints(s, profile.name)) return []
  const found: Finding[] = []
  const url = data.get('endpoint_url')
  const tell = (what: SafeText, where: SafeText | undefined) =>
    found.push({
      code: 'ENDPOINT_OVERRIDE',
      severity: 'warning',
      what,
      profile: profile.name,
      ...(where ? {where} : {}),
      fix: say`Delete the line endpoint_url.`,
    })
  if (url && !run.env['AWS_ENDPOINT_URL'])
    tell(
      say`With the profile ${profile.name} all requests go to ${addressOf(url)} in place of AWS.`,
      placeOfKey(s, profile.name, ['endpoint_url']),
    )
  for (const [key, address] of servicesOf(s, data) ?? [])
    if (key.endsWith('.endpoint_url') && !isBeaten(key.slice(0, -'.endpoint_url'.length).toUpperCase()))
      tell(
        say`With the profile ${profile.name} requests to ${key.slice(0, -'.endpoint_url'.length)} go to ${addressOf(address)} in place of AWS.`,
        placeOfSection(s, 'services', data.get('services')!),
      )
  return found
}

function isOff(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true'
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

function proxy({s: {env}}: Context): readonly Finding[] {
  const name = PROXIES.find((each) => env[each])
  if (name === undefined) return []
  return [
    {
      code: 'PROXY_IN_FORCE',
      severity: 'note',
      what: say`Requests to AWS go through the proxy ${addressOf(env[name]!)}.`,
      where: say`${name}`,
    },
  ]
}

function certificates(context: Context): readonly Finding[] {
  const {s, tools} = context
  const {env, botocore, named} = s
  const profile = tools.find(({id}) => id === 'cli2')?.profile ?? 'default'
  const ofProfile = botocore.profiles.get(profile)?.get('ca_bundle')
  const bundle = env['AWS_CA_BUNDLE'] || ofProfile
  if (!bundle) return []
  const isVariable = bundle === env['AWS_CA_BUNDLE']
  const from = isVariable ? say`AWS_CA_BUNDLE` : say`ca_bundle of the profile ${profile}`
  const where = isVariable ? from : (placeOfKey(s, profile, ['ca_bundle']) ?? from)
  const state = named.get(bundle)
  if (state === 'missing' || state === 'unreadable')
    return [
      {
        code: 'NAMED_FILE_MISSING',
        severity: 'warning',
        what: say`${from} names ${bundle}, ${state === 'missing' ? 'and there is no such file' : 'which you may not read'}: the AWS CLI and Python tools can ask AWS nothing.`,
        where,
        fix: isVariable
          ? say`\`${unsetVariables(['AWS_CA_BUNDLE'])}\``
          : say`Put the certificates there, or take ca_bundle out of the profile ${profile}.`,
      },
    ]
  return [
    {
      code: 'CA_BUNDLE_IN_FORCE',
      severity: 'note',
      what: say`Certificates of ${bundle} are trusted by the AWS CLI; other tools read NODE_EXTRA_CA_CERTS.`,
      where,
    },
  ]
}

function clock({asked: {skewSeconds}}: Context): readonly Finding[] {
  if (skewSeconds === undefined || Math.abs(skewSeconds) < MAX_SKEW / 5) return []
  const isRefused = Math.abs(skewSeconds) >= MAX_SKEW
  const minutes = Math.max(1, Math.round(Math.abs(skewSeconds) / 60))
  return [
    {
      code: 'CLOCK_SKEW',
      severity: isRefused ? 'error' : 'warning',
      what: say`The clock of this machine is ${minutes} min ${skewSeconds > 0 ? 'ahead of' : 'behind'} AWS${isRefused ? ', which refuses every request then' : ''}.`,
      fix: say`Let it be set from the network: \`${setClock()}\``,
    },
  ]
}

/** Without user name and password, which an address may hold. */
function addressOf(address: string): SafeText {
  const text = address.includes('://') ? address : `http://${address}`
  if (!URL.canParse(text)) return say`(not an address)`
  const {protocol, host} = new URL(text)
  return say`${protocol}//${host}`
}
