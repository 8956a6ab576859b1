/** What has the shape of a secret access key or a session token, wherever it stands: on the wrong line, in the wrong variable. */

const MASK = '[secret]'
/** Shorter text holds none. */
const SHORTEST = 40

/** Forty characters of base64 that stand alone: the shape of a secret access key. */
export const FORTY = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/g
/** The beginnings session tokens have, and what is as long as one. */
const TOKEN = /\b(?:IQoJ|FQoG|FwoG|AQoD)[A-Za-z0-9/+=_%-]{40,}|(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{200,}={0,2}/g
/** So many slashes are in a path; in 99.6 % of random secrets there are fewer. */
const PATH = /^(?:[^/]*\/){4}/

/** The text with what looks like one replaced by `[secret]`. Addresses of pages stay: their parts may be as long. */
export function maskShapes(text: string): string {
  if (text.length < SHORTEST || text.includes('://')) return text
  return text
    .replace(FORTY, (run) => (isMixed(run) && !PATH.test(run) ? MASK : run))
    .replace(TOKEN, (run) => (isMixed(run) ? MASK : run))
}

/** Commit names (lower-case hex) and most words are not; of random secrets more than 99.8 % are. */
export function isMixed(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run)
}
