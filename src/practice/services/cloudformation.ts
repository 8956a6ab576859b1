/** CloudFormation, version 2010-05-15: what it says of the stacks that were made on its quick-create page. */
import type {PracticeStack} from '../account.js'
import {validationError} from '../aws-error.js'
import {queryService, type Action, type Call} from './query.js'

export const cloudFormation = queryService({
  name: 'cloudformation',
  version: '2010-05-15',
  namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  actions: {
    DescribeStackEvents: {
      target: (call) => {
        const arn = arnOf(call, call.params.required('StackName'))
        return {arn, label: arn}
      },
      run: describeStackEvents,
    },
  } satisfies Record<string, Action>,
})

function describeStackEvents(call: Call) {
  const name = call.params.required('StackName')
  const stack = call.account.stacks().find((each) => each.name === name)
  if (!stack) throw validationError(`Stack [${name}] does not exist`)
  return {StackEvents: eventsOf(stack).map((event, index) => ({...eventBase(call, stack, index), ...event}))}
}

const STACK = 'AWS::CloudFormation::Stack'
const ROLE = 'AWS::IAM::Role'

/** Newest first, as AWS gives them. */
function eventsOf({name, roleName, status, failure}: PracticeStack) {
  const begun = [
    {
      LogicalResourceId: 'SFRole',
      ResourceType: ROLE,
      ResourceStatus: 'CREATE_IN_PROGRESS',
      PhysicalResourceId: roleName,
    },
    {LogicalResourceId: name, ResourceType: STACK, ResourceStatus: 'CREATE_IN_PROGRESS'},
  ]
  if (status === 'CREATE_IN_PROGRESS') return begun
  const role =
    failure === undefined
      ? {LogicalResourceId: 'SFRole', ResourceType: ROLE, ResourceStatus: 'CREATE_COMPLETE'}
      : {
          LogicalResourceId: 'SFRole',
          ResourceType: ROLE,
          ResourceStatus: 'CREATE_FAILED',
          ResourceStatusReason: failure,
        }
  return [{LogicalResourceId: name, ResourceType: STACK, ResourceStatus: status}, role, ...begun]
}

function eventBase(call: Call, {name}: PracticeStack, index: number) {
  return {
    EventId: `${name}-${index}`,
    StackId: arnOf(call, name),
    StackName: name,
    Timestamp: new Date(call.now - index * 1000),
  }
}

function arnOf({account, caller}: Call, name: string): string {
  return account.rootArn
    .replace('iam::', `cloudformation:${caller.region}:`)
    .replace(/root$/, `stack/${name}/*`)
}
