/** What can be told of the name of a role without asking AWS. Source: ARNs of IAM, AWS STS API reference (AssumeRole). */
import {say, type SafeText} from '../text/safe-text.js'
import {hasStandIn} from './judge-key.js'
import type {Env} from './snapshot.js'

export interface RoleFault {
  readonly code: 'ROLE_MALFORMED'
  readonly words: SafeText
}

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

/** Why AWS will refuse it. With a stand-in for AWS in the environment only what no ARN at all is told. */
export function roleFault(arn: string, env: Env): RoleFault | undefined {
  const isFine = hasStandIn(env, undefined) ? /^arn:[\w-]*:/.test(arn) : ROLE.test(arn)
  return isFine
    ? undefined
    : {code: 'ROLE_MALFORMED', words: say`${arn} is no name of a role: it looks like ${EXAMPLE}.`}
}

export const EXAMPLE = say`arn:aws:iam::123456789012:role/my-role`
