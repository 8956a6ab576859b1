/** What all benchmarks share: programs take turns, so that a busy moment of the machine falls on all of them. */

/** @param programs by name, each a function that runs once and resolves to milliseconds, or to several by name */
export async function takeTurns(programs, runs) {
  const times = {}
  for (let run = 0; run < runs; run++)
    for (const [name, program] of Object.entries(programs))
      for (const [part, ms] of Object.entries(asParts(name, await program()))) (times[part] ??= []).push(ms)
  return times
}

function asParts(name, result) {
  return typeof result === 'number' ? {[name]: result} : result
}

/** Medians, and their ratios to one of them. */
export function ratios(times, base) {
  const baseMs = median(times[base])
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [
      name,
      {ms: round(median(all), 1), ratio: round(median(all) / baseMs, 2)},
    ]),
  )
}

export function median(values) {
  return at(values, 0.5)
}

/** The value below which so large a share of all is. */
export function at(values, share) {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

export function round(value, digits) {
  return Number(value.toFixed(digits))
}
