import type {Partition} from './regions.js'

/** What an access key for deployments may do. */
export type PolicyChoice = 'administrator' | 'deployment'

export const USER_NAME = 'serverless-framework'
export const POLICY_NAME = 'ServerlessDeployment'

export function administratorAccess(partition: Partition): string {
  return `arn:${partition}:iam::aws:policy/AdministratorAccess`
}

interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
}

export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

/**
 * A policy for Serverless deployments of the usual kind: functions, their roles, logs, HTTP and REST APIs, events,
 * queues, topics and tables. Roles may be made, given any policy and passed, as the Framework does it, so its holder
 * can become administrator with one role; only a permissions boundary, which the Framework has to be told to set, would
 * prevent that. It is said where the policy is chosen. Fits a managed policy (6,144 characters without white space).
 */
export function deploymentPolicy(partition: Partition): PolicyDocument {
  const iam = (path: string) => `arn:${partition}:iam::*:${path}`
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Stacks', ['cloudformation:*'], '*'),
      allow('DeploymentBuckets', ['s3:*'], '*'),
      allow('Functions', ['lambda:*'], '*'),
      allow('Logs', ['logs:*'], '*'),
      allow('Apis', ['apigateway:*'], '*'),
      allow('Events', ['events:*', 'scheduler:*', 'sns:*', 'sqs:*', 'dynamodb:*', 'states:*'], '*'),
      allow('Images', ['ecr:*'], '*'),
      allow(
        'ReadOnly',
        [
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
          'cloudwatch:*',
          'ssm:GetParameter*',
        ],
        '*',
      ),
      allow(
        'FunctionRoles',
        [
          'iam:AttachRolePolicy',
          'iam:CreateRole',
          'iam:DeleteRole',
          'iam:DeleteRolePolicy',
          'iam:DetachRolePolicy',
          'iam:GetRole',
          'iam:GetRolePolicy',
          'iam:PassRole',
          'iam:PutRolePolicy',
          'iam:TagRole',
          'iam:UntagRole',
          'iam:UpdateAssumeRolePolicy',
        ],
        iam('role/*'),
      ),
      allow(
        'SeeOneself',
        [
          'iam:GetUser',
          'iam:ListAccessKeys',
          'iam:ListAttachedUserPolicies',
          'iam:ListGroupsForUser',
          'iam:ListMFADevices',
          'iam:ListUserPolicies',
          'iam:SimulatePrincipalPolicy',
        ],
        iam('user/${aws:username}'),
      ),
      allow('SeeAccountName', ['iam:ListAccountAliases'], '*'),
    ],
  }
}

function allow(Sid: string, Action: readonly string[], Resource: string): Statement {
  return {Sid, Effect: 'Allow', Action, Resource}
}

/** The policy as it is shown and pasted: one action a line, so that it fits a narrow terminal. */
export function deploymentPolicyText(partition: Partition): string[] {
  return JSON.stringify(deploymentPolicy(partition), null, 1).split('\n')
}

/**
 * One command for AWS CloudShell (bash): makes the user where it is missing, gives it the policy, makes a key and
 * prints it as JSON. No line is wider than 56 columns, so it survives being copied from a narrow terminal.
 */
export function cloudShellCommand({policy}: {readonly policy: PolicyChoice}): string[] {
  const user = [
    `U=${USER_NAME}`,
    'P=$(aws sts get-caller-identity \\',
    '  --query Arn --output text | cut -d: -f2)',
    'aws iam get-user --user-name $U >/dev/null 2>&1 ||',
    '  aws iam create-user --user-name $U >/dev/null &&',
  ]
  const key = ['aws iam create-access-key --user-name $U']
  return policy === 'administrator'
    ? [...user, ...attachAdministrator, ...key]
    : [...user, ...putDeployment(), ...key]
}

const attachAdministrator = [
  'aws iam attach-user-policy --user-name $U \\',
  '  --policy-arn \\',
  '  arn:$P:iam::aws:policy/AdministratorAccess &&',
]

function putDeployment(): string[] {
  const lines = JSON.stringify(deploymentPolicy('aws'), null, 0)
    .replaceAll('arn:aws:', "arn:'$P':")
    .split(/(?<=[,[{])/)
    .reduce<string[]>((rows, piece) => {
      const last = rows.at(-1)
      if (last !== undefined && last.length + piece.length <= 52) return [...rows.slice(0, -1), last + piece]
      return [...rows, piece]
    }, [])
  return [
    'A=$(aws sts get-caller-identity \\',
    '  --query Account --output text)',
    `N=${POLICY_NAME}`,
    'aws iam get-policy --policy-arn \\',
    '  arn:$P:iam::$A:policy/$N >/dev/null 2>&1 ||',
    'aws iam create-policy --policy-name $N \\',
    '  --policy-document \\',
    `'${lines[0] ?? ''}`,
    ...lines.slice(1, -1),
    `${lines.at(-1) ?? ''}' \\`,
    '  >/dev/null &&',
    'aws iam attach-user-policy --user-name $U \\',
    '  --policy-arn arn:$P:iam::$A:policy/$N &&',
  ]
}
