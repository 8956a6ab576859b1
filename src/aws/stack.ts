/** What CloudFormation says of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */
import type {AccessKey} from '../domain/access-key.js'
import {Failure} from '../domain/problem.js'
import {safe, type SafeText} from '../text/safe-text.js'
import {bounded, patiently} from './call.js'
import {cloudFormationClient, TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import type {ErrorContext} from './error-context.js'
import {interpret} from './explain.js'
import type {IdentityOptions} from './identity.js'
import type {Observation} from './observation.js'

export interface StackReport {
  /** Such as `CREATE_IN_PROGRESS` or `ROLLBACK_COMPLETE`. */
  readonly status: SafeText
  /** The resources that failed, the first one first, with the reason AWS gives. */
  readonly failures: readonly {readonly resource: SafeText; readonly reason: SafeText}[]
}

type Options = Omit<IdentityOptions, 'isFresh' | 'report'>

/**
 * Reads one page of a stack's events, the newest; `undefined` where there is no such stack in this account and region.
 * @throws Failure ACCESS_DENIED, or the code of a fault
 */
export async function readStack(
  key: AccessKey,
  stackName: string,
  {region, network, signal, clock = systemClock, limits = TIME_LIMITS}: Options,
): Promise<StackReport | undefined> {
  const observation: Observation = {}
  const client = await cloudFormationClient({key, region, network, observation, limits, now: clock.now})
  const {DescribeStackEventsCommand} = await import('./sdk.js')
  try {
    const {StackEvents: events = []} = await patiently(
      () =>
        bounded(
          async (abortSignal) =>
            client.send(new DescribeStackEventsCommand({StackName: stackName}), {abortSignal}),
          signal,
          limits,
        ),
      {signal, clock, observation},
    )
    const ofStack = events.find(({ResourceType}) => ResourceType === 'AWS::CloudFormation::Stack')
    const failed = events.filter(
      ({ResourceStatus = '', ResourceType}) =>
        ResourceStatus.endsWith('_FAILED') && ResourceType !== 'AWS::CloudFormation::Stack',
    )
    return {
      status: safe(ofStack?.ResourceStatus ?? 'unknown'),
      failures: failed.reverse().map(({LogicalResourceId, ResourceStatusReason}) => ({
        resource: safe(LogicalResourceId ?? ''),
        reason: safe(ResourceStatusReason ?? ''),
      })),
    }
  } catch (error) {
    if (isMissing(error)) return undefined
    if (error instanceof Failure) throw error
    const operation = 'cloudformation:DescribeStackEvents'
    const context: ErrorContext = {
      service: 'CLOUDFORMATION',
      operation,
      region,
      network,
      observation,
      key,
      signal,
    }
    throw new Failure(interpret(error, context))
  } finally {
    client.destroy()
  }
}

/** AWS answers with a ValidationError for a stack that does not exist. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)
}
