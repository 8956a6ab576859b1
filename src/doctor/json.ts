/** The diagnosis for programs: stable names, no secrets. */
import type {Diagnosis} from './types.js'

/** Grows by fields only; a change of meaning gets a new number. */
const FORMAT = 1

export function diagnosisJson(diagnosis: Diagnosis): Record<string, unknown> {
  const {tools, profile, sources, findings, profiles, isUsable, takenAt, files} = diagnosis
  return {
    format: FORMAT,
    isUsable,
    takenAt: iso(takenAt),
    profile,
    files,
    tools: tools.map(({id, label, winner, profile: of, detail, region, failure, why}) => ({
      id,
      label,
      winner: winner ?? null,
      profile: of ?? null,
      detail: detail ?? null,
      region: region ?? null,
      failure: failure ?? null,
      why,
    })),
    sources: sources.map(({expiresAt, ...rest}) => ({...rest, ...expiry(expiresAt)})),
    findings: findings.map(({mend, ...rest}) => ({...rest, canBeMended: mend !== undefined})),
    profiles: profiles.map(({expiresAt, ...rest}) => ({...rest, ...expiry(expiresAt)})),
  }
}

function expiry(expiresAt: number | undefined): {readonly expiresAt?: string} {
  return expiresAt === undefined || Number.isNaN(expiresAt) ? {} : {expiresAt: iso(expiresAt)}
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
