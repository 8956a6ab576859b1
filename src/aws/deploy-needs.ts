import {say, type SafeText} from '../text/safe-text.js'

/** What `serverless deploy` does of one kind, and the actions it takes. */
export interface Need {
  readonly label: SafeText
  readonly actions: readonly string[]
}

/** The core of a deployment: stack, bucket, function, role, logs, HTTP API, events. */
export const DEPLOY_NEEDS: readonly Need[] = [
  {
    label: say`CloudFormation stacks`,
    actions: [
      'cloudformation:CreateStack',
      'cloudformation:UpdateStack',
      'cloudformation:DescribeStacks',
      'cloudformation:DescribeStackEvents',
      'cloudformation:ValidateTemplate',
      'cloudformation:CreateChangeSet',
      'cloudformation:ExecuteChangeSet',
    ],
  },
  {
    label: say`deployment bucket in S3`,
    actions: ['s3:CreateBucket', 's3:PutObject', 's3:GetObject', 's3:ListBucket', 's3:PutBucketPolicy'],
  },
  {
    label: say`Lambda functions`,
    actions: [
      'lambda:CreateFunction',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:GetFunction',
      'lambda:AddPermission',
      'lambda:PublishVersion',
    ],
  },
  {
    label: say`roles of functions`,
    actions: ['iam:CreateRole', 'iam:GetRole', 'iam:PassRole', 'iam:PutRolePolicy'],
  },
  {label: say`logs`, actions: ['logs:CreateLogGroup', 'logs:DescribeLogGroups']},
  {label: say`APIs`, actions: ['apigateway:POST', 'apigateway:GET']},
  {label: say`scheduled events`, actions: ['events:PutRule', 'events:PutTargets']},
]

export const DEPLOY_ACTIONS: readonly string[] = DEPLOY_NEEDS.flatMap(({actions}) => actions)
