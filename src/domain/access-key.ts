import type {Secret} from '../text/secret.js'

declare const brand: unique symbol
type Branded<T, Name extends string> = T & {readonly [brand]: Name}

/** `AKIA…` (long-lived) or `ASIA…` (temporary); made only by `parseAccessKeyId`. */
export type AccessKeyId = Branded<string, 'AccessKeyId'>
/** Letters, digits and `- / . % @ _ : +`; made only by `parseProfileName`. */
export type ProfileName = Branded<string, 'ProfileName'>
/** Such as `eu-west-1`; made only by `parseRegion`. */
export type RegionName = Branded<string, 'RegionName'>

/** One complete set of credentials: what is verified is what is written. */
export interface AccessKey {
  readonly accessKeyId: AccessKeyId
  readonly secretAccessKey: Secret
  /** Present exactly for temporary credentials (`ASIA…`). */
  readonly sessionToken?: Secret
  /** When it ends, as far as what gave it said so. Milliseconds since 1970. */
  readonly expiresAt?: number
}
