/** What was seen of an answer, whether it could be read or not. */
export interface Observation {
  status?: number
  contentType?: string
  /** The server's clock at the time of its answer, in milliseconds since 1970. */
  serverTime?: number
  /** Our clock at the same moment. */
  localTime?: number
  /** What went wrong on the way to an answer, as the socket told it. */
  fault?: unknown
}

/** How far our clock is ahead of the server's, in seconds; negative when it is behind. */
export function skewSeconds({serverTime, localTime}: Observation): number | undefined {
  return serverTime === undefined || localTime === undefined
    ? undefined
    : Math.round((localTime - serverTime) / 1000)
}

/** Difference of clocks that AWS still accepts, in seconds. */
export const MAX_SKEW_SECONDS = 300

/** Why an answer was given up: it was larger than any real one. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}
