/** AWS managed policies that the practice account knows, by name. */

const SIGN_IN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
      Resource: 'arn:aws:signin:*:*:oauth2/public-client/*',
    },
  ],
})

/** ReadOnlyAccess names thousands of actions one by one; the verbs below are what they have in common. */
const READ_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        '*:Get*',
        '*:List*',
        '*:Describe*',
        '*:BatchGet*',
        '*:Lookup*',
        'iam:Simulate*',
        'iam:Generate*',
      ],
      Resource: '*',
    },
  ],
})

const POWER_USER = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*'},
    {
      Effect: 'Allow',
      Action: [
        'account:GetAccountInformation',
        'account:GetGovCloudAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeEffectivePolicy',
        'organizations:DescribeOrganization',
      ],
      Resource: '*',
    },
  ],
})

const ADMINISTRATOR = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
})

const CHANGE_PASSWORD = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {Effect: 'Allow', Action: ['iam:ChangePassword'], Resource: ['arn:aws:iam::*:user/${aws:username}']},
    {Effect: 'Allow', Action: ['iam:GetAccountPasswordPolicy'], Resource: '*'},
  ],
})

export const MANAGED_POLICIES: Readonly<Record<string, string>> = {
  AdministratorAccess: ADMINISTRATOR,
  PowerUserAccess: POWER_USER,
  ReadOnlyAccess: READ_ONLY,
  IAMUserChangePassword: CHANGE_PASSWORD,
  SignInLocalDevelopmentAccess: SIGN_IN,
}
