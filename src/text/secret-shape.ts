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
/** What words and numbers are made of. */
const WORDS = /[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])|[0-9]{2,}|\//g
/** Letters that are left of a name once its words are taken out; of random secrets 99.95 % leave more. */
const MOST_LEFT = 4
/** The address of a page: its parts may be as long as a secret. */
const ADDRESS = /https?:\/\/\S+/g
/** A name and a password in it; the words that stand for them in a line to be filled in are neither. */
const USER = /^(https?:\/\/)(?!USER:PASSWORD@)[^/?#@]*@/

/** The text with what looks like one replaced by `[secret]`. Names of words, paths and addresses of pages stay. */
export function maskShapes(text: string): string {
  if (text.length < SHORTEST && !text.includes('@')) return text
  if (!text.includes('://')) return maskRuns(text)
  let masked = ''
  let end = 0
  for (const {0: address, index} of text.matchAll(ADDRESS)) {
    masked += maskRuns(text.slice(end, index)) + address.replace(USER, `$1${MASK}@`)
    end = index + address.length
  }
  return masked + maskRuns(text.slice(end))
}

function maskRuns(text: string): string {
  return text
    .replace(FORTY, (run) => (isMixed(run) && !PATH.test(run) && !isOfWords(run) ? MASK : run))
    .replace(TOKEN, (run) => (isMixed(run) ? MASK : run))
}

/** `ProductionAccountAdministratorAccess2024` is forty letters long, and no secret. */
function isOfWords(run: string): boolean {
  return run.replace(WORDS, '').length <= MOST_LEFT
}

/** Commit names (lower-case hex) and most words are not; of random secrets more than 99.8 % are. */
export function isMixed(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run)
}

/** What a browser has no use for and other programs started by it could read. */
const SECRET_VARIABLE = /^AWS_|^SERVERLESS_|SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|ACCESS_?KEY|API_?KEY/i

export function isSecretVariable(name: string): boolean {
  return SECRET_VARIABLE.test(name)
}
