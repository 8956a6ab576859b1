/** The oldest Node that is supported, one in the middle of its major version, and the newest of each. */
export const MATRIX: readonly string[]
/** The program of a Node version or of the newest of a major version. Throws where the registry cannot be reached. */
export function nodeOf(spec: string): string
/** The version of a Node program. */
export function versionOf(program: string): string
