/** The address of an AWS access portal, where a company's people sign in: its forms, and what each tells. */
import type {RegionName} from './access-key.js'
import type {ValidationError} from './problem.js'
import {findRegion, partitionOfRegion, type Partition} from './regions.js'
import {say} from '../text/safe-text.js'
import {parseRegion} from './validators.js'

export interface StartUrl {
  /** Without what a browser adds: no `#`, no query, no slash at the end. */
  readonly startUrl: string
  /** The region of its Identity Center, where the address names it. */
  readonly region?: RegionName
  readonly partition: Partition
}

const MAX_LENGTH = 300
const EXAMPLE = say`https://acme.awsapps.com/start`

/** Hosts that name their region. Sources: AWS CLI 2, `sso/resolve.py`; `SSOEndpointResolver` of the AWS SDK for .NET. */
const HOSTS_WITH_REGION: readonly RegExp[] = [
  // https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.(?:app\.aws|app\.amazonwebservices\.com\.cn|api\.amazonwebservices\.eu)$/,
  // https://ssoins-1234567890abcdef.eu-west-1.portal.amazonaws.com
  /^[a-z0-9-]+\.([a-z0-9-]+)\.portal\.amazonaws\.(?:com|com\.cn|eu)$/,
  // https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890
  /^start\.([a-z0-9-]+)\.(?:us-gov-)?home\.awsapps\.(?:com|cn)$/,
]

const PARTITIONS: readonly (readonly [RegExp, Partition])[] = [
  [/(?:^|\.)us-gov-home\.awsapps\.com$|^identitycenter\.us-gov\.amazonaws\.com$/, 'aws-us-gov'],
  [/\.awsapps\.cn$|\.amazonaws\.com\.cn$|\.amazonwebservices\.com\.cn$/, 'aws-cn'],
  [/\.amazonaws\.eu$|\.amazonwebservices\.eu$/, 'aws-eusc'],
]

const OF_AWS =
  /\.(?:app\.aws|awsapps\.com|awsapps\.cn|amazonaws\.(?:com|com\.cn|eu)|amazonwebservices\.(?:com\.cn|eu))$/

/** Whether the host is one that AWS gives out; others only lead on to one of them. */
export function isPortalOfAws(startUrl: string): boolean {
  return URL.canParse(startUrl) && OF_AWS.test(new URL(startUrl).hostname)
}

/** `undefined` when the text is the address of a portal. */
export function checkStartUrl(text: string): ValidationError | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return {what: say`A start URL is needed.`, example: EXAMPLE}
  if (/^d-[0-9a-f]{10}$|^[a-z0-9-]+$/i.test(trimmed))
    return {
      what: say`Give the whole address.`,
      example: say`https://${trimmed.toLowerCase()}.awsapps.com/start`,
    }
  if (/^http:/i.test(trimmed))
    return {what: say`An AWS access portal is reached by https only.`, example: EXAMPLE}
  if (/^(?:[a-z0-9-]+\.)+[a-z]+(?:\/|$)/i.test(trimmed))
    return {what: say`Give the address with https:// before it.`, example: say`https://${trimmed}`}
  const host = hostOf(trimmed)
  if (host && /(?:^|\.)(?:console|signin)\.(?:aws\.amazon|amazonaws)\./.test(host))
    return {
      what: say`This is a page of the AWS console. The start URL is the page on which you choose an account.`,
      example: EXAMPLE,
    }
  return parseStartUrl(text)
    ? undefined
    : {what: say`This is not the address of an AWS access portal.`, example: EXAMPLE}
}

/** The address as it goes into the config file; `undefined` where `checkStartUrl` complains. */
export function parseStartUrl(text: string): StartUrl | undefined {
  const trimmed = text.trim()
  // A file would cut it at white space before `#`, and what else is no address hides something.
  if (trimmed.length > MAX_LENGTH || /[\u0000-\u0020\u007f-\uffff\\"'`<>^{|}]/.test(trimmed)) return undefined
  if (!/^https:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined
  const {hostname, pathname, username, password, port} = new URL(trimmed)
  if (username !== '' || password !== '' || port !== '' || !isHost(hostname)) return undefined
  if (/(?:^|\.)(?:console|signin)\.(?:aws\.amazon|amazonaws)\./.test(hostname)) return undefined
  const region = regionOf(hostname)
  return {
    startUrl: `https://${hostname}${pathname.replace(/\/+$/, '') || usualPath(hostname)}`,
    partition: region
      ? partitionOfRegion(region)
      : (PARTITIONS.find(([shape]) => shape.test(hostname))?.[1] ?? 'aws'),
    ...(region ? {region} : {}),
  }
}

/** `https://acme.awsapps.com` is only the way to its portal: AWS knows it as `…/start`. */
function usualPath(hostname: string): string {
  return /^[a-z0-9-]+\.awsapps\.com$/.test(hostname) ? '/start' : ''
}

function hostOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).hostname : undefined
}

/** A name with a dot in it, no number of a machine. Companies may put a name of their own before the portal. */
function isHost(hostname: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(hostname)
}

function regionOf(hostname: string): RegionName | undefined {
  for (const shape of HOSTS_WITH_REGION) {
    const region = parseRegion(shape.exec(hostname)?.[1] ?? '')
    if (region && (findRegion(region) !== undefined || /-\d$/.test(region))) return region
  }
  return undefined
}
