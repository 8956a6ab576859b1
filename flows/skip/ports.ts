import type {SafeText} from '../../src/text/safe-text.js'
import type {Shell} from '../../src/text/shell.js'
import type {DoctorPorts} from '../doctor/ports.js'
import type {SsoPorts} from '../sso/ports.js'

/** What this path asks of the world, beside what its parts ask. */
export interface SkipPorts extends DoctorPorts, SsoPorts {
  here(): Promise<Here>
}

/** Where the person is. */
export interface Here {
  /** The shell that this program was started from, as far as can be told. */
  readonly shell: Shell
  /** The file that tools read keys from here. */
  readonly file: SafeText
  /** The line that takes it from the eyes of others. */
  readonly keepPrivate: SafeText
}
