export interface Unpacked {
  /** To be removed when it is done with. */
  readonly folder: string
  readonly packageFolder: string
  readonly cli: string
  /** The packed file, and its size in bytes. */
  readonly tarball: string
  readonly bytes: number
  /** Paths of all files in it, sorted. */
  readonly files: readonly string[]
}
/** Packs the package as it would be published and unpacks it alone. The build must be there. */
export function unpackPackage(): Unpacked
