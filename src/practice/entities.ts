/** Who and what is in an account. */
import type {PolicyDocument} from './policy.js'
import type {Secret} from '../text/secret.js'

export interface MfaDevice {
  readonly serialNumber: string
  readonly enabledAt: number
  /** The six digits accepted as its one-time code. */
  readonly code: string
}

/** Whatever policies can be given to. */
export interface PolicyHolder {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly createdAt: number
  /** ARNs of managed policies. */
  readonly attached: Set<string>
  readonly inline: Map<string, PolicyDocument>
}

export interface User extends PolicyHolder {
  readonly groups: Set<string>
  readonly mfaDevices: MfaDevice[]
}

export type Group = PolicyHolder

export interface Role extends PolicyHolder {
  /** ARNs of those who may assume it; the account's root ARN stands for everyone in it. */
  readonly trusted: readonly string[]
}

export interface ManagedPolicy {
  readonly arn: string
  readonly name: string
  readonly id: string
  readonly path: string
  readonly description?: string
  readonly createdAt: number
  readonly document: PolicyDocument
}

export type Principal =
  | {readonly kind: 'root'}
  | {readonly kind: 'user'; readonly user: User}
  | {readonly kind: 'role'; readonly role: Role; readonly sessionName: string}

export type RootOrUser = Exclude<Principal, {kind: 'role'}>

export interface PracticeAccessKey {
  readonly accessKeyId: string
  readonly secret: Secret
  readonly owner: RootOrUser
  readonly createdAt: number
  status: 'Active' | 'Inactive'
  /** Requests still to be refused before the key is known everywhere. */
  refusalsLeft: number
  lastUsed?: {readonly at: number; readonly service: string; readonly region: string}
}

export interface TemporaryKey {
  readonly accessKeyId: string
  readonly secret: Secret
  readonly token: Secret
  readonly owner: Principal
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly hasMfa: boolean
}
