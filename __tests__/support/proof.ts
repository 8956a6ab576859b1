/** Number of runs of a property: short by default, multiplied by PROOF_SCALE for the long proof. */
export function runs(short: number): number {
  return Math.max(1, Math.round(short * Number(process.env['PROOF_SCALE'] ?? 1)))
}

/** A fixed seed makes a failing run repeatable; PROOF_SEED explores others. */
export const seed = Number(process.env['PROOF_SEED'] ?? 20_260_301)
