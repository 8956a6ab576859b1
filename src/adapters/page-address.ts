/** Which web pages the program may open: pages of AWS and Serverless, and a page of its own on this machine. */
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'

/** Hosts as they are; with `*.`, any host below, but not the name itself. */
const ALLOWED_HOSTS: readonly string[] = [
  'aws.amazon.com',
  // console, signin, portal, docs, and the consoles of single regions.
  '*.aws.amazon.com',
  'console.amazonaws-us-gov.com',
  '*.console.amazonaws-us-gov.com',
  'signin.amazonaws-us-gov.com',
  '*.signin.amazonaws-us-gov.com',
  'console.amazonaws.cn',
  '*.console.amazonaws.cn',
  'signin.amazonaws.cn',
  '*.signin.amazonaws.cn',
  'docs.amazonaws.cn',
  '*.awsapps.com',
  '*.awsapps.cn',
  '*.app.aws',
  // Issuers of IAM Identity Center.
  'identitycenter.amazonaws.com',
  'identitycenter.amazonaws.com.cn',
  'identitycenter.amazonaws.eu',
  'serverless.com',
  '*.serverless.com',
  'slss.io',
]

const REGION = '[a-z]{2,4}(?:-[a-z]+){1,3}-[0-9]{1,2}'

/** Pages of IAM Identity Center that name their region inside. Source for the portals: AWS CLI 2, `sso/resolve.py`. */
const SIGN_IN_HOSTS: readonly RegExp[] = [
  // https://oidc.eu-west-1.amazonaws.com/authorize and https://device.sso.eu-west-1.amazonaws.com/
  new RegExp(`^(?:oidc|oidc-fips|device\\.sso)\\.${REGION}\\.amazonaws\\.(?:com|com\\.cn|eu)$`),
  // The same at dual-stack endpoints.
  new RegExp(`^oidc(?:-fips)?\\.${REGION}\\.api\\.(?:aws|amazonwebservices\\.(?:com\\.cn|eu))$`),
  // https://ssoins-1234567890abcdef.eu-west-1.portal.amazonaws.com/
  new RegExp(`^[a-z0-9-]+\\.${REGION}\\.portal\\.amazonaws\\.(?:com|com\\.cn|eu)$`),
  new RegExp(`^[a-z0-9-]+\\.portal\\.${REGION}\\.app\\.amazonwebservices\\.com\\.cn$`),
  new RegExp(`^[a-z0-9-]+\\.portal\\.${REGION}\\.api\\.amazonwebservices\\.eu$`),
]

const MAX_LENGTH = 8_000

export interface PageOptions {
  /** The port of our own server; without it no page on this machine is opened. */
  readonly allowLoopbackPort?: number
}

export type CheckedPage = {readonly url: string} | {readonly refused: SafeText}

/** The address as it is to be given to the opener, normalised by the URL standard; or why it is not. */
export function checkPage(address: string, {allowLoopbackPort}: PageOptions = {}): CheckedPage {
  const refused = (why: SafeText): CheckedPage => ({refused: why})
  if (address.length > MAX_LENGTH) return refused(say`The address is too long.`)
  // The URL standard drops tabs and line ends and reads \ as /: an address that has them is not what it seems.
  if (/[\u0000-\u0020\u007f-\uffff\\"'`<>^{|}]/.test(address))
    return refused(say`The address holds characters that have no place in one.`)
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) return refused(say`This is not an address of a page.`)
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(address))
    return refused(say`The address holds a user name or password.`)
  if (url.protocol === 'http:' && url.hostname === '127.0.0.1') {
    return allowLoopbackPort !== undefined && url.port === String(allowLoopbackPort)
      ? {url: url.href}
      : refused(say`The address is of another program on this machine.`)
  }
  if (url.protocol !== 'https:') return refused(say`Only https pages are opened.`)
  if (url.port !== '') return refused(say`The address names a port.`)
  if (!isAllowedHost(url.hostname)) return refused(say`${url.hostname} is not a page of AWS or Serverless.`)
  return {url: url.href}
}

function isAllowedHost(host: string): boolean {
  if (SIGN_IN_HOSTS.some((shape) => shape.test(host))) return true
  return ALLOWED_HOSTS.some((allowed) => {
    if (!allowed.startsWith('*.')) return host === allowed
    const parent = allowed.slice(1)
    return host.endsWith(parent) && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(host.slice(0, -parent.length))
  })
}
