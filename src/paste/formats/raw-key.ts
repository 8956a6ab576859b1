/** What a reader of one format found, unchecked: texts as they stood, without the quotes around them. */
export interface RawKey {
  accessKeyId?: string
  secretAccessKey?: string
  sessionToken?: string
  profileName?: string
  region?: string
  userName?: string
  accountId?: string
  /** When a temporary key ends. */
  expiration?: string
}

export type RawField = keyof RawKey
