/** SimulatePrincipalPolicy: what a user, group or role may do, answered without doing it. */
import {AwsError, noSuchEntity, validationError} from '../aws-error.js'
import type {PolicyDocument} from '../policy.js'
import {decide} from '../policy.js'
import {page} from './iam-common.js'
import type {Action, Call} from './query.js'

export const simulateActions: Readonly<Record<string, Action>> = {
  SimulatePrincipalPolicy: {
    target: ({params}) => {
      const arn = params.required('PolicySourceArn')
      return {arn, label: arn}
    },
    run: simulate,
  },
}

function simulate(call: Call) {
  const arn = call.params.required('PolicySourceArn')
  const documents = policiesOf(call, arn)
  const actions = call.params.list('ActionNames')
  if (actions.length === 0) {
    throw validationError(
      "1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null",
    )
  }
  const given = call.params.list('ResourceArns')
  const resources = given.length > 0 ? given : ['*']
  const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  const context = {'aws:principalarn': arn, ...(userName === undefined ? {} : {'aws:username': userName})}
  const results = actions.flatMap((action) =>
    resources.map((resource) => {
      if (!/^[\w-]+:[\w*]+$/.test(action)) {
        throw new AwsError(400, 'InvalidInput', `Invalid Action: ${action}`)
      }
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decide(documents, action, resource, context),
        MatchedStatements: [],
        MissingContextValues: [],
      }
    }),
  )
  return page(call, 'EvaluationResults', results)
}

/** @throws AwsError InvalidInput for the root user, NoSuchEntity */
function policiesOf({account}: Call, arn: string): PolicyDocument[] {
  const kind = new RegExp(`^arn:${account.partition}:iam::${account.id}:(user|group|role)/`).exec(arn)?.[1]
  if (kind === undefined) throw new AwsError(400, 'InvalidInput', `Invalid Entity Arn: ${arn}`)
  for (const user of account.users.values()) {
    if (account.iamArn('user', user.path, user.name) === arn) return account.policiesOf({kind: 'user', user})
  }
  for (const role of account.roles.values()) {
    if (account.iamArn('role', role.path, role.name) === arn) {
      return account.policiesOf({kind: 'role', role, sessionName: ''})
    }
  }
  for (const group of account.groups.values()) {
    if (account.iamArn('group', group.path, group.name) === arn) return account.policiesOfGroup(group)
  }
  throw noSuchEntity(`The ${kind} with name ${arn.split('/').at(-1)} cannot be found.`)
}
