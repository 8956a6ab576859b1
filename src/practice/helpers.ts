/** What a demo or a test does to the account without going over the wire. */
import type {PracticeAccount} from './account.js'
import type {PracticeAccessKey, Principal, User} from './entities.js'
import {alreadyExists, noSuchEntity} from './aws-error.js'
import {parsePolicy} from './policy.js'

/** Credentials in the shape that SDK clients take. */
export interface PracticeCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

interface NewUserOptions {
  /** Default `serverless-framework`. */
  readonly userName?: string
  /** Names or ARNs of managed policies. Default none. */
  readonly policies?: readonly string[]
  /** Inline policies: name to document text. */
  readonly inline?: Readonly<Record<string, string>>
  /** Made when they do not exist: name to names or ARNs of managed policies. */
  readonly groups?: Readonly<Record<string, readonly string[]>>
  /** With an MFA device whose code is always this. */
  readonly mfaCode?: string
}

interface NewUser {
  readonly userName: string
  readonly arn: string
  readonly user: User
}

interface CloudShellOptions {
  readonly userName: string
  /** ARN of a managed policy to attach. */
  readonly policyArn?: string
  /** Text of an inline policy, stored under the user's name. */
  readonly policyDocument?: string
}

export interface PracticeHelpers {
  /** @throws AwsError EntityAlreadyExists, NoSuchEntity (policy), MalformedPolicyDocument */
  newUser(options?: NewUserOptions): NewUser
  /** A key for the user, who is made with `policy` (default AdministratorAccess) when new. @throws AwsError LimitExceeded */
  issueKey(options?: {userName?: string; policy?: string}): PracticeCredentials
  /** A key of the account's root user. @throws AwsError LimitExceeded */
  issueRootKey(): PracticeCredentials
  /** Temporary credentials of a user, a role (`role/NAME`) or `root`. @throws AwsError NoSuchEntity */
  issueSession(options: {of: string; seconds?: number; hasMfa?: boolean}): PracticeCredentials
  /**
   * What the CloudShell command does: makes the user, gives the policy, makes a key.
   * The value is what `aws iam create-access-key` prints. @throws AwsError EntityAlreadyExists, NoSuchEntity, MalformedPolicyDocument
   */
  cloudShell(options: CloudShellOptions): string
}

export function helpersOf(account: PracticeAccount): PracticeHelpers {
  const newUser = ({
    userName = 'serverless-framework',
    policies,
    inline,
    groups,
    mfaCode,
  }: NewUserOptions = {}) => {
    if (account.users.has(userName)) throw alreadyExists(`User with name ${userName} already exists.`)
    const attached = (policies ?? []).map((policy) => policyArn(account, policy))
    const documents = Object.entries(inline ?? {}).map(([name, text]) => [name, parsePolicy(text)] as const)
    const user = account.addUser(userName)
    attached.forEach((arn) => user.attached.add(arn))
    documents.forEach(([name, document]) => user.inline.set(name, document))
    for (const [name, groupPolicies] of Object.entries(groups ?? {})) {
      const group = account.groups.get(name) ?? account.addGroup(name)
      groupPolicies.forEach((policy) => group.attached.add(policyArn(account, policy)))
      user.groups.add(name)
    }
    if (mfaCode !== undefined) {
      user.mfaDevices.push({
        serialNumber: account.iamArn('mfa', '/', userName),
        enabledAt: account.now(),
        code: mfaCode,
      })
    }
    return {userName, arn: account.iamArn('user', '/', userName), user}
  }

  return {
    newUser,

    issueKey({userName = 'serverless-framework', policy = 'AdministratorAccess'} = {}) {
      const user = account.users.get(userName) ?? newUser({userName, policies: [policy]}).user
      return credentials(account.createKey({kind: 'user', user}))
    },

    issueRootKey: () => credentials(account.createKey({kind: 'root'})),

    issueSession({of, seconds = 3600, hasMfa = false}) {
      const key = account.createTemporaryKey(principal(account, of), seconds, hasMfa)
      return {...credentials(key), sessionToken: key.token.reveal()}
    },

    cloudShell({userName, policyArn: arn, policyDocument}) {
      const {user} = newUser({
        userName,
        policies: arn === undefined ? [] : [arn],
        inline: policyDocument === undefined ? {} : {[userName]: policyDocument},
      })
      return printed(userName, account.createKey({kind: 'user', user}))
    },
  }
}

function policyArn(account: PracticeAccount, policy: string): string {
  const arn = policy.startsWith('arn:') ? policy : `arn:${account.partition}:iam::aws:policy/${policy}`
  if (!account.policies.has(arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  return arn
}

function principal(account: PracticeAccount, of: string): Principal {
  if (of === 'root') return {kind: 'root'}
  if (!of.startsWith('role/')) return {kind: 'user', user: account.user(of)}
  const name = of.slice('role/'.length)
  const role = account.roles.get(name)
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return {kind: 'role', role, sessionName: 'practice'}
}

/** The way out of the account, once for each key, as on AWS's own page. */
function credentials({accessKeyId, secret}: Pick<PracticeAccessKey, 'accessKeyId' | 'secret'>) {
  return {accessKeyId, secretAccessKey: secret.reveal()}
}

function printed(userName: string, key: PracticeAccessKey): string {
  const accessKey = {
    UserName: userName,
    AccessKeyId: key.accessKeyId,
    Status: key.status,
    SecretAccessKey: key.secret.reveal(),
    CreateDate: new Date(key.createdAt).toISOString().replace(/\.\d{3}Z$/, '+00:00'),
  }
  return `${JSON.stringify({AccessKey: accessKey}, null, 4)}\n`
}
