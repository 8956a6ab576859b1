import type {AccessKey, RegionName} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {redact} from '../safety/redaction.js'
import {partitionOfRegion, type Partition} from '../safety/regions.js'
import {safe, say, type SafeText} from '../safety/safe-text.js'
import {officialEndpoint} from './client.js'
import {classify, type FaultCode} from './errors.js'
import {withoutCredentials, type Network, type ServiceId} from './network.js'
import type {Observation} from './observation.js'
import {secretTrouble} from './secret-trouble.js'

export interface ErrorContext {
  readonly service: ServiceId
  /** As AWS names it: `sts:GetCallerIdentity`. */
  readonly operation: string
  readonly region: RegionName
  readonly network: Network
  readonly observation: Observation
  /** Looked at for its shape only. */
  readonly key: AccessKey
  readonly signal?: AbortSignal
}

/** Any error of a call to AWS as a problem: what happened, why, and what to do next. */
export function interpret(error: unknown, context: ErrorContext): Problem {
  if (error instanceof Failure) return error.problem
  return explain(classify(error, context.observation, context.signal), context, error)
}

/** The words for a fault that is known already. */
export function explain(code: FaultCode, context: ErrorContext, error?: unknown): Problem {
  const words = WORDS[code](context, error)
  const endpoint = context.network.endpoints[context.service]
  const why = endpoint ? say`${words.why} AWS was asked at ${endpoint}, as AWS_ENDPOINT_URL says.` : words.why
  return {...words, code, why}
}

type Words = Omit<Problem, 'code'>
type Explain = (context: ErrorContext, error: unknown) => Words

function endpointOf({service, region, network}: ErrorContext): string {
  return network.endpoints[service] ?? officialEndpoint(service, region)
}

/** The place that was asked, for the words: no path, no credentials. */
function hostOf(context: ErrorContext): SafeText {
  return safe(new URL(endpointOf(context)).host)
}

/** What the other side said, without anything secret in it; the SDK adds advice for programmers in further lines. */
function saidBy(error: unknown, {key}: ErrorContext): SafeText {
  const secrets = [key.secretAccessKey, ...(key.sessionToken ? [key.sessionToken] : [])]
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return safe(redact(line.replace(/^@aws-sdk /, ''), secrets).slice(0, 300))
}

/** The page where keys are listed, in the console of the key's partition. */
function usersPage(region: RegionName): SafeText {
  const hosts: Partial<Record<Partition, SafeText>> = {
    'aws-cn': say`console.amazonaws.cn`,
    'aws-us-gov': say`console.amazonaws-us-gov.com`,
  }
  return say`https://${hosts[partitionOfRegion(region)] ?? 'console.aws.amazon.com'}/iam/home?#/users`
}

const AGAIN = say`Try again: \`serverless-setup --path local\``
const isNotTheKey = say`This says nothing about the access key.`

export const cancelled: Problem = {
  code: 'CANCELLED',
  what: say`It was stopped before AWS answered.`,
  why: say`You went back or left.`,
  nextSteps: [AGAIN],
}

const WORDS: Record<FaultCode, Explain> = {
  INVALID_CLIENT_TOKEN: ({key, region}) => ({
    what: say`AWS does not know this access key.`,
    why: key.sessionToken
      ? say`The temporary key or its session token is wrong, or they do not belong together.`
      : say`The key ID was mistyped, or the key was deleted or made inactive, or it belongs to another partition (GovCloud, China).`,
    nextSteps: [
      say`Compare the ID with the one under "Security credentials" of the user: ${usersPage(region)}`,
      say`A key that was made less than a minute ago may need another try.`,
      say`If it says "Inactive" there: \`aws iam update-access-key --status Active --access-key-id ID\``,
    ],
  }),
  SIGNATURE_MISMATCH: ({key}) => ({
    what: say`AWS knows the key ID, but the secret does not belong to it.`,
    why: secretTrouble(key.secretAccessKey),
    nextSteps: [
      say`Copy the secret again, whole, without a blank before or after it. In the CSV file it is the last column.`,
      say`If it is not to be found any more, make a new key; AWS shows a secret only once.`,
    ],
  }),
  EXPIRED_TOKEN: () => ({
    what: say`These temporary credentials have expired.`,
    why: say`A key that begins with ASIA is valid for minutes or hours, then a new one is needed.`,
    nextSteps: [
      say`Copy fresh ones from where these came from, for example the AWS access portal.`,
      say`For AWS SSO: \`aws sso login\``,
    ],
  }),
  ACCESS_DENIED: (context, error) => ({
    what: say`AWS knows the key, but does not allow ${context.operation}.`,
    why: saidBy(error, context),
    nextSteps: [say`Ask whoever manages the account to allow ${context.operation} for this user.`],
  }),
  REGION_DISABLED: ({region}) => ({
    what: say`The region ${region} is not enabled in this account.`,
    why: say`Regions opened after March 2019 have to be switched on before keys work in them.`,
    nextSteps: [
      say`Choose another region, such as us-east-1.`,
      say`Or switch it on: \`aws account enable-region --region-name ${region}\``,
    ],
  }),
  CLOCK_SKEW: ({observation}) => ({
    what: say`The clock of this machine is wrong.`,
    why: clocks(observation),
    nextSteps: [
      say`Let the clock be set from the network: \`sudo timedatectl set-ntp true\` (Linux), \`sudo sntp -sS time.apple.com\` (macOS), \`w32tm /resync\` (Windows).`,
      say`In WSL: \`sudo hwclock -s\``,
    ],
  }),
  THROTTLED: ({operation}) => ({
    what: say`AWS is answering too many requests and asks to wait.`,
    why: say`${operation} was refused several times in a row. ${isNotTheKey}`,
    nextSteps: [say`Wait a minute, then try again: \`serverless-setup --path local\``],
  }),
  AWS_SERVER_ERROR: ({observation, service}) => ({
    what: say`AWS has a fault of its own.`,
    why: say`${service} answered with status ${observation.status ?? 500}. ${isNotTheKey}`,
    nextSteps: [say`Look at https://health.aws.amazon.com/health/status and try again later.`],
  }),
  AWS_REFUSED: (context, error) => ({
    what: say`AWS refused ${context.operation}.`,
    why: say`It says: ${saidBy(error, context)} (status ${context.observation.status ?? 'unknown'}).`,
    nextSteps: [
      say`See whether the account is in order: https://console.aws.amazon.com/billing/home`,
      say`Ask AWS what it means: https://console.aws.amazon.com/support/home`,
    ],
  }),
  PROXY_ANSWERED: (context) => {
    const proxy = context.network.proxyFor(endpointOf(context))
    return {
      what: say`Something between this machine and AWS answered instead of AWS.`,
      why: proxy
        ? say`The proxy ${withoutCredentials(proxy)} did not let the request through (status ${context.observation.status ?? 'unknown'}). ${isNotTheKey}`
        : say`The answer was a web page (status ${context.observation.status ?? 'unknown'}), as of a company proxy or the sign-in page of a hotel. ${isNotTheKey}`,
      nextSteps: [
        say`Open any page in a browser and sign in to the network if it asks.`,
        say`Behind a company proxy: \`export HTTPS_PROXY=http://USER:PASSWORD@proxy.example.com:8080\``,
      ],
    }
  },
  TLS_UNTRUSTED: (context) => ({
    what: say`The certificate of ${hostOf(context)} is not trusted here.`,
    why: say`A company network that looks into encrypted traffic shows its own certificate (${codeOf(context, 'TLS')}). ${isNotTheKey}`,
    nextSteps: [
      say`Ask for the company's root certificate as a PEM file, then: \`export AWS_CA_BUNDLE=/path/to/company-ca.pem\``,
      say`For Serverless Framework as well: \`export NODE_EXTRA_CA_CERTS=/path/to/company-ca.pem\``,
    ],
  }),
  TLS_EXPIRED: (context) => ({
    what: say`The certificate of ${hostOf(context)} is not valid at this time.`,
    why: say`Either it has expired, or the clock of this machine (${iso(Date.now())}) is wrong. ${isNotTheKey}`,
    nextSteps: [say`Check the clock with \`date -u\`, then try again.`],
  }),
  TLS_WRONG_HOST: (context) => ({
    what: say`The certificate shown belongs to another host than ${hostOf(context)}.`,
    why: say`Something between this machine and AWS answers in its place, or the address is wrong. ${isNotTheKey}`,
    nextSteps: [say`Check DNS and proxy settings: \`env | grep -i -e proxy -e AWS_ENDPOINT\``],
  }),
  TLS_FAILED: (context, error) => ({
    what: say`No encrypted connection to ${hostOf(context)} came about.`,
    why: say`${saidBy(error, context)} ${isNotTheKey}`,
    nextSteps: [
      say`If a proxy is set, check that its address begins with http://: \`env | grep -i proxy\``,
      AGAIN,
    ],
  }),
  DNS_FAILED: (context) => ({
    what: say`The address of ${hostOf(context)} could not be found.`,
    why: say`This machine is offline, or its DNS does not know the name. ${isNotTheKey}`,
    nextSteps: [
      say`Check the network: \`nslookup ${hostOf(context)}\``,
      say`Behind a company proxy, set HTTPS_PROXY.`,
    ],
  }),
  CONNECTION_REFUSED: (context) => ({
    what: say`${refuserOf(context)} refused the connection.`,
    why: say`Nothing listens there, or a firewall forbids it. ${isNotTheKey}`,
    nextSteps: [say`Check proxy and endpoint settings: \`env | grep -i -e proxy -e AWS_ENDPOINT\``],
  }),
  CONNECTION_RESET: (context) => ({
    what: say`The connection to ${hostOf(context)} was cut.`,
    why: say`The network, a firewall or a proxy closed it before the answer was whole. ${isNotTheKey}`,
    nextSteps: [AGAIN, say`If it happens each time, ask whether a firewall forbids ${hostOf(context)}.`],
  }),
  OFFLINE: (context) => ({
    what: say`${hostOf(context)} cannot be reached from here.`,
    why: say`This machine has no way into the internet. ${isNotTheKey}`,
    nextSteps: [say`Check the network connection or the VPN, then try again.`],
  }),
  TIMED_OUT: (context) => ({
    what: say`${hostOf(context)} did not answer in time.`,
    why: say`The network is slow, or a firewall swallows the request. ${isNotTheKey}`,
    nextSteps: [
      AGAIN,
      say`Behind a company proxy, set HTTPS_PROXY: \`export HTTPS_PROXY=http://proxy.example.com:8080\``,
    ],
  }),
  BAD_ANSWER: (context, error) => ({
    what: say`${hostOf(context)} gave an answer that AWS would not give.`,
    why: say`Status ${context.observation.status ?? 'unknown'}: ${saidBy(error, context)} ${isNotTheKey}`,
    nextSteps: [say`Check what stands between: \`env | grep -i -e proxy -e AWS_ENDPOINT\``, AGAIN],
  }),
  CANCELLED: () => cancelled,
}

function refuserOf(context: ErrorContext): SafeText {
  const proxy = context.network.proxyFor(endpointOf(context))
  return proxy ? say`The proxy ${withoutCredentials(proxy)}` : hostOf(context)
}

function codeOf({network}: ErrorContext, fallback: string): SafeText {
  return network.caFile ? say`AWS_CA_BUNDLE is ${network.caFile}` : say`${fallback}: no AWS_CA_BUNDLE is set`
}

function clocks({localTime, serverTime}: Observation): SafeText {
  if (localTime === undefined || serverTime === undefined)
    return say`AWS accepts a difference of five minutes at most.`
  const minutes = Math.round(Math.abs(localTime - serverTime) / 60_000)
  return say`Here it is ${iso(localTime)}, at AWS ${iso(serverTime)}: ${minutes} minutes apart. AWS accepts five.`
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
