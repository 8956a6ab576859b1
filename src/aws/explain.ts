import {Failure, type Problem} from '../domain/problem.js'
import {partitionOfRegion, type Partition} from '../domain/regions.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {again, isSso, notTheKey, iso, saidBy, type ErrorContext, type Explain} from './error-context.js'
import {classify, type FaultCode} from './errors.js'
import {NETWORK_WORDS} from './explain-network.js'
import type {Network} from './network.js'
import type {Observation} from './observation.js'
import {secretTrouble} from './secret-trouble.js'
import {seeNetworkVariables, setClock} from '../text/shell-lines.js'

/** Any error of a call to AWS as a problem: what happened, why, and what to do next. */
export function interpret(error: unknown, context: ErrorContext): Problem {
  if (error instanceof Failure) return error.problem
  return explain(classify(error, context.observation, context.signal), context, error)
}

/** The words for a fault that is known already. */
export function explain(code: FaultCode, context: ErrorContext, error?: unknown): Problem {
  const words = WORDS[code](context, error)
  const endpoint = context.service === 'DASHBOARD' ? undefined : context.network.endpoints[context.service]
  const why =
    endpoint && !context.network.isPractice
      ? say`${words.why} AWS was asked at ${endpoint}, as ${context.network.endpointsFrom ?? 'AWS_ENDPOINT_URL'} says.`
      : words.why
  return {...words, code, why}
}

/** The page where users and their keys are listed: in the console of a partition, or in that of the embedded AWS. */
export function usersPage({isPractice, endpoints}: Network, partition: Partition): SafeText {
  return isPractice
    ? say`${endpoints.IAM ?? ''}/console/users`
    : say`${consoleOf(partition)}/iam/home?#/users`
}

/** The address of a partition's console, without a path. */
function consoleOf(partition: Partition): SafeText {
  const hosts: Partial<Record<Partition, SafeText>> = {
    'aws-cn': say`console.amazonaws.cn`,
    'aws-us-gov': say`console.amazonaws-us-gov.com`,
  }
  return say`https://${hosts[partition] ?? 'console.aws.amazon.com'}`
}

export const cancelled: Problem = {
  code: 'CANCELLED',
  what: say`It was stopped before AWS answered.`,
  why: say`You went back or left.`,
  nextSteps: [say`Go on where you left: \`${program()}\``],
}

const WORDS: Record<FaultCode, Explain> = {
  INVALID_CLIENT_TOKEN: ({key, region, network}) => ({
    what: say`AWS does not know this access key.`,
    why: key?.sessionToken
      ? say`The temporary key or its session token is wrong, or they do not belong together.`
      : say`The key ID was mistyped, or the key was deleted or made inactive, or it belongs to another partition (GovCloud, China).`,
    nextSteps: [
      say`Compare the ID with the one under "Security credentials" of the user: ${usersPage(network, partitionOfRegion(region))}`,
      say`A key that was made less than a minute ago may need another try.`,
      say`If it says "Inactive" there, choose "Actions", then "Activate".`,
    ],
  }),
  SIGNATURE_MISMATCH: ({key}) => ({
    what: say`AWS knows the key ID, but the secret does not belong to it.`,
    why: key ? secretTrouble(key.secretAccessKey) : say`The signature does not fit.`,
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
      say`For AWS SSO: \`${program()} sso login\``,
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
      say`Or switch it on: in the console click your name at the top right, choose "Account", then "AWS Regions". With the AWS CLI: \`aws account enable-region --region-name ${region}\``,
    ],
  }),
  SIGN_UP_UNFINISHED: () => ({
    what: say`The sign-up of this AWS account is not finished.`,
    why: say`AWS knows the key, but the account may use no service yet: the payment method, the phone number or the support plan is missing, or AWS is still checking.`,
    nextSteps: [
      say`Finish it, signed in as the root user: https://portal.aws.amazon.com/billing/signup?type=resubscribe`,
      say`It can take up to 24 hours until AWS says by e-mail that the account is active; the same key works then.`,
    ],
  }),
  SIGNATURE_UNREADABLE: (context) => ({
    what: say`AWS could not read the signature of the request.`,
    why: say`A header was changed on the way, as by a proxy that rewrites requests. ${notTheKey(context)}`,
    nextSteps: [say`Check what stands between: \`${seeNetworkVariables()}\``, again(context)],
  }),
  CLOCK_SKEW: ({observation}) => ({
    what: say`The clock of this machine is wrong.`,
    why: clocks(observation),
    nextSteps: [say`Let it be set from the network: \`${setClock()}\``],
  }),
  THROTTLED: (context) => ({
    what: say`AWS is answering too many requests and asks to wait.`,
    why: say`${context.operation} was refused several times in a row. ${notTheKey(context)}`,
    nextSteps: [say`Wait a minute. ${again(context)}`],
  }),
  AWS_SERVER_ERROR: (context) => ({
    what: say`AWS has a fault of its own.`,
    why: say`${context.service} answered with status ${context.observation.status ?? 500}. ${notTheKey(context)}`,
    nextSteps: [say`Look at https://health.aws.amazon.com/health/status and try again later.`],
  }),
  AWS_REFUSED: (context, error) => ({
    what: say`AWS refused ${context.operation}.`,
    why: say`It says: ${saidBy(error, context)} (status ${context.observation.status ?? 'unknown'}).`,
    nextSteps: isSso(context)
      ? [say`Ask whoever manages your AWS accounts what it means.`, again(context)]
      : [
          say`See whether the account is in order: https://console.aws.amazon.com/billing/home`,
          say`Ask AWS what it means: https://console.aws.amazon.com/support/home`,
        ],
  }),
  ...NETWORK_WORDS,
  CANCELLED: () => cancelled,
}
function clocks({localTime, serverTime}: Observation): SafeText {
  if (localTime === undefined || serverTime === undefined)
    return say`AWS accepts a difference of five minutes at most.`
  const minutes = Math.round(Math.abs(localTime - serverTime) / 60_000)
  return say`Here it is ${iso(localTime)}, at AWS ${iso(serverTime)}: ${minutes} minutes apart. AWS accepts five.`
}
