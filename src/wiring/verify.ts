import type {VerifiedProfile} from '../../flows/sso/ports.js'
import type {Diagnosis} from '../doctor/types.js'
import type {WorkContext} from '../engine/types.js'
import type {AwsFiles} from '../store/locations.js'

interface Verifying {
  readonly env: NodeJS.ProcessEnv
  readonly files: AwsFiles
}
export async function verifyProfiles(
  profiles: readonly string[],
  _v: Verifying,
  _c: WorkContext,
): Promise<readonly VerifiedProfile[]> {
  return profiles.map((profile) => ({profile}))
}
export async function verifyDiagnosis(
  diagnosis: Diagnosis,
  _v: Verifying,
  _c: WorkContext,
): Promise<Diagnosis> {
  return diagnosis
}
