/** Properties of a profile, in the reader's own spelling of their names. */
export type ReadProfile = ReadonlyMap<string, string>

/** What a reader makes of a file, or why it refuses the whole of it. `line` counts from 1; 0: not told. */
export type Reading =
  | {
      readonly profiles: ReadonlyMap<string, ReadProfile>
      /** Sections `[sso-session …]` of the config file. */
      readonly ssoSessions: ReadonlyMap<string, ReadProfile>
      readonly sections: readonly string[]
    }
  | {readonly error: {readonly line: number; readonly code: string; readonly text: string}}
