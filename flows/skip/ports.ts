import type {Shell} from '../../src/safety/shell.js'
import type {DoctorPorts} from '../doctor/ports.js'
import type {SsoPorts} from '../sso/ports.js'

/** What this path asks of the world, beside what its parts ask. */
export interface SkipPorts extends DoctorPorts, SsoPorts {
  /** The shell that this program was started from, as far as can be told. */
  shell(): Promise<Shell>
}
