/** One AWS account in memory: who is in it, what they may do, and which keys are good. */
import {deleteConflict, limitExceeded, noSuchEntity} from './aws-error.js'
import type {
  Group,
  ManagedPolicy,
  MfaDevice,
  PolicyHolder,
  PracticeAccessKey,
  Principal,
  Role,
  RootOrUser,
  TemporaryKey,
  User,
} from './entities.js'
import {newAccessKeyId, newEntityId, newSecretAccessKey, newSessionToken} from './ids.js'
import {MANAGED_POLICIES} from './managed-policies.js'
import {defaultRegions, type Partition} from './partitions.js'
import {parsePolicy, type PolicyDocument} from './policy.js'

/** AWS's quota, and the reason rotation needs a free place. */
const MAX_ACCESS_KEYS = 2

export interface AccountOptions {
  readonly accountId?: string
  readonly alias?: string
  readonly partition?: Partition
  readonly now: () => number
}

/** A stack as CloudFormation tells of it. */
export interface PracticeStack {
  readonly name: string
  readonly roleName: string
  readonly status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'ROLLBACK_COMPLETE'
  readonly failure?: string
}

export class PracticeAccount {
  /** What stands in CloudFormation; set by who makes stacks. */
  stacks: () => readonly PracticeStack[] = () => []
  readonly id: string
  readonly partition: Partition
  readonly now: () => number
  readonly aliases: string[]
  readonly enabledRegions: Set<string>
  readonly users = new Map<string, User>()
  readonly groups = new Map<string, Group>()
  readonly roles = new Map<string, Role>()
  /** By ARN, AWS managed ones included. */
  readonly policies = new Map<string, ManagedPolicy>()
  readonly accessKeys = new Map<string, PracticeAccessKey>()
  readonly temporaryKeys = new Map<string, TemporaryKey>()
  readonly rootMfaDevices: MfaDevice[] = []
  readonly createdAt: number

  /** A new key is refused for this long (milliseconds), as it takes time to reach every region. */
  keyDelayMs = 0
  /** A new key is refused this many times; counted instead of timed, for tests. */
  validAfterAttempts = 0

  constructor({accountId, alias, partition, now}: AccountOptions) {
    this.id = accountId ?? '123456789012'
    this.partition = partition ?? 'aws'
    this.now = now
    this.createdAt = now()
    this.aliases = alias === undefined ? [] : [alias]
    this.enabledRegions = new Set(defaultRegions(this.partition))
    for (const [name, text] of Object.entries(MANAGED_POLICIES)) {
      const arn = `arn:${this.partition}:iam::aws:policy/${name}`
      this.policies.set(arn, {
        arn,
        name,
        path: '/',
        id: newEntityId('ANPA'),
        createdAt: this.createdAt,
        document: parsePolicy(text),
      })
    }
  }

  iamArn(kind: 'user' | 'group' | 'role' | 'policy' | 'mfa', path: string, name: string): string {
    return `arn:${this.partition}:iam::${this.id}:${kind}${path}${name}`
  }

  get rootArn(): string {
    return `arn:${this.partition}:iam::${this.id}:root`
  }

  /** As STS and access-denied messages name the caller. */
  arnOf(principal: Principal): string {
    switch (principal.kind) {
      case 'root':
        return this.rootArn
      case 'user':
        return this.iamArn('user', principal.user.path, principal.user.name)
      case 'role':
        return `arn:${this.partition}:sts::${this.id}:assumed-role/${principal.role.name}/${principal.sessionName}`
    }
  }

  /** As STS names the caller in `UserId`. */
  userIdOf(principal: Principal): string {
    if (principal.kind === 'root') return this.id
    return principal.kind === 'user' ? principal.user.id : `${principal.role.id}:${principal.sessionName}`
  }

  addUser(name: string, path = '/'): User {
    const user = {...this.holder('AIDA', name, path), groups: new Set<string>(), mfaDevices: []}
    this.users.set(name, user)
    return user
  }

  addGroup(name: string, path = '/'): Group {
    const group = this.holder('AGPA', name, path)
    this.groups.set(name, group)
    return group
  }

  addRole(name: string, trusted: readonly string[] = [this.rootArn], path = '/'): Role {
    const role = {...this.holder('AROA', name, path), trusted}
    this.roles.set(name, role)
    return role
  }

  /** A customer managed policy. @throws AwsError MalformedPolicyDocument */
  addPolicy(
    name: string,
    documentText: string,
    {path = '/', description}: {path?: string; description?: string} = {},
  ) {
    const arn = this.iamArn('policy', path, name)
    const policy: ManagedPolicy = {
      arn,
      name,
      path,
      id: newEntityId('ANPA'),
      createdAt: this.now(),
      document: parsePolicy(documentText),
      ...(description === undefined ? {} : {description}),
    }
    this.policies.set(arn, policy)
    return policy
  }

  /** @throws AwsError NoSuchEntity */
  user(name: string): User {
    const user = this.users.get(name)
    if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`)
    return user
  }

  /** @throws AwsError NoSuchEntity */
  accessKey(accessKeyId: string): PracticeAccessKey {
    const key = this.accessKeys.get(accessKeyId)
    if (key === undefined) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`)
    return key
  }

  keysOf(owner: RootOrUser): PracticeAccessKey[] {
    return [...this.accessKeys.values()].filter((key) => isSameOwner(key.owner, owner))
  }

  /** @throws AwsError LimitExceeded when the owner has two keys */
  createKey(owner: RootOrUser): PracticeAccessKey {
    if (this.keysOf(owner).length >= MAX_ACCESS_KEYS) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${MAX_ACCESS_KEYS}`)
    }
    const key: PracticeAccessKey = {
      accessKeyId: newAccessKeyId('AKIA', this.id),
      secret: newSecretAccessKey(),
      owner,
      createdAt: this.now(),
      status: 'Active',
      refusalsLeft: this.validAfterAttempts,
    }
    this.accessKeys.set(key.accessKeyId, key)
    return key
  }

  createTemporaryKey(owner: Principal, seconds: number, hasMfa = false): TemporaryKey {
    const key: TemporaryKey = {
      accessKeyId: newAccessKeyId('ASIA', this.id),
      secret: newSecretAccessKey(),
      token: newSessionToken(),
      owner,
      expiresAt: this.now() + seconds * 1000,
      hasMfa,
    }
    this.temporaryKeys.set(key.accessKeyId, key)
    return key
  }

  /** @throws AwsError DeleteConflict while keys or policies are left, as IAM does */
  deleteUser(name: string): void {
    const user = this.user(name)
    const conflict =
      (this.keysOf({kind: 'user', user}).length > 0 && 'must delete access keys first.') ||
      (user.attached.size > 0 && 'must detach all policies first.') ||
      (user.inline.size > 0 && 'must delete policies first.') ||
      (user.groups.size > 0 && 'must remove users from group first.') ||
      (user.mfaDevices.length > 0 && 'must delete MFA device first.')
    if (conflict !== false) throw deleteConflict(`Cannot delete entity, ${conflict}`)
    this.users.delete(name)
  }

  /** Every policy that speaks for the caller: inline, attached, and those of the groups. */
  policiesOf(principal: Principal): PolicyDocument[] {
    if (principal.kind === 'root')
      return this.documentsOf({attached: [this.adminPolicyArn], inline: new Map()})
    const holder = principal.kind === 'user' ? principal.user : principal.role
    const groups = principal.kind === 'user' ? [...principal.user.groups] : []
    return [
      holder,
      ...groups.map((name) => this.groups.get(name)).filter((group) => group !== undefined),
    ].flatMap((each) => this.documentsOf(each))
  }

  policiesOfGroup(group: Group): PolicyDocument[] {
    return this.documentsOf(group)
  }

  private get adminPolicyArn(): string {
    return `arn:${this.partition}:iam::aws:policy/AdministratorAccess`
  }

  private documentsOf({attached, inline}: {attached: Iterable<string>; inline: PolicyHolder['inline']}) {
    const managed = [...attached].map((arn) => this.policies.get(arn)?.document)
    return [...inline.values(), ...managed.filter((document) => document !== undefined)]
  }

  private holder(prefix: 'AIDA' | 'AGPA' | 'AROA', name: string, path: string): PolicyHolder {
    return {
      name,
      path,
      id: newEntityId(prefix),
      createdAt: this.now(),
      attached: new Set(),
      inline: new Map(),
    }
  }
}

function isSameOwner(a: RootOrUser, b: RootOrUser): boolean {
  if (a.kind === 'root' || b.kind === 'root') return a.kind === b.kind
  return a.user === b.user
}
