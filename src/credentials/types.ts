/** Which credentials a tool uses here, and why. Data only. */
import type {SafeText} from '../text/safe-text.js'

/** `javascript`: AWS SDK for JavaScript 3. `cli`: AWS CLI 1, botocore and boto3. `cli2`: AWS CLI 2. */
export type ToolId = 'serverless' | 'javascript' | 'cli' | 'cli2'

/** Where credentials can come from. All but the first and the last four are ways of the chosen profile. */
export type SourceId =
  | 'environment'
  | 'role'
  | 'static'
  | 'web-identity'
  | 'process'
  | 'sso'
  | 'login'
  | 'web-identity-env'
  | 'container'
  | 'instance'

export interface ChosenProfile {
  readonly name: string
  /** Such as `AWS_PROFILE`, or `no profile was named`. */
  readonly from: SafeText
  readonly exists: boolean
}

export interface ToolVerdict {
  readonly id: ToolId
  readonly label: SafeText
  /** Absent where the tool finds nothing or fails. */
  readonly winner?: SourceId
  /** The profile the winning source belongs to; absent for sources outside the files. */
  readonly profile?: string
  /** Whose key or role it is, masked: `AKIA************CDEF`, `role arn:…`. */
  readonly detail?: SafeText
  /** The key ID as it stands, for comparing; not secret, and not drawn. */
  readonly accessKeyId?: string
  readonly region?: RegionChoice
  /** It stops with an error, or finds nothing. */
  readonly failure?: ToolFailure
  /** What beats what, in one or two sentences. */
  readonly why: SafeText
}

export interface RegionChoice {
  readonly name: string
  /** Such as `AWS_REGION` or `~/.aws/config:3`. */
  readonly from: SafeText
}

export interface ToolFailure {
  /** `none`: nothing was found at the end of the chain. `broken`: a source that is there cannot be used. */
  readonly kind: 'none' | 'broken'
  /** The source that fails. */
  readonly source?: SourceId
  /** The words the tool itself says, to be recognised and searched for. */
  readonly words: SafeText
  readonly fix?: SafeText
}

export type Standing = 'wins' | 'loses' | 'absent' | 'broken'

export interface Source {
  readonly id: SourceId
  readonly label: SafeText
  readonly isFound: boolean
  /** A variable, or `~/.aws/config:12`. */
  readonly where?: SafeText
  /** Masked. */
  readonly detail?: SafeText
  /** Account and ARN, once AWS was asked (`withWhose`). */
  readonly whose?: SafeText
  /** Milliseconds since 1970, where it is known offline. */
  readonly expiresAt?: number
  /** For Serverless Framework. */
  readonly standing: Standing
  readonly why: SafeText
  /** One command or action; commands stand in back-ticks. */
  readonly fix?: SafeText
}

export type ProfileKindShown =
  'static' | 'temporary' | 'role' | 'sso' | 'process' | 'web-identity' | 'login' | 'partial' | 'empty'

export interface ProfileState {
  readonly name: string
  /** What counts for the SDK for JavaScript. */
  readonly kind: ProfileKindShown
  readonly state: 'usable' | 'expired' | 'broken' | 'empty'
  /** Masked. */
  readonly detail?: SafeText
  readonly region?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  readonly where: SafeText
  /** Why it is not usable. */
  readonly why?: SafeText
}

/** What was asked on the command line or stands in serverless.yml, as far as it bears on the choice. */
export interface Asked {
  /** `--aws-profile` of Serverless Framework, `--profile` of the AWS CLI. */
  readonly profile?: string
  /** What named it, where it was not the option `--aws-profile`: `provider.profile in serverless.yml`. */
  readonly profileFrom?: SafeText
  /** The path of the file of the service that named it. */
  readonly chosenIn?: string
  /** A person asks what would be with this profile, whichever tool is used: the option of the doctor. */
  readonly isForAll?: boolean
  /** `--region`. */
  readonly region?: string
  /** What the service says of the region, for Serverless Framework alone. */
  readonly serviceRegion?: RegionChoice
  /** Clock here minus clock at AWS, in seconds, once AWS was asked (`withWhose`). */
  readonly skewSeconds?: number
}
