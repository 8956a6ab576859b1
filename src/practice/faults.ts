/** Failures on demand: each is asked for by name, for the next calls that match. */

type FaultKind =
  | 'invalid-key'
  | 'signature-mismatch'
  | 'expired-token'
  | 'clock-skew'
  | 'access-denied'
  | 'throttling'
  | 'server-error'
  | 'html'
  | 'truncated'
  | 'reset'
  | 'silence'
  | 'slow'
  | 'empty'
  | 'not-xml'
  | 'opt-in-required'
  | 'wrong-partition'
  | 'redirect'
  | 'big-body'

export interface Fault {
  readonly kind: FaultKind
  /** `sts:GetCallerIdentity`, `iam:*` or `*`. Default `*`. */
  readonly action?: string
  /** How many matching calls it strikes; every one when left out. */
  readonly times?: number
  /** clock-skew: how far the server's clock is ahead, default one hour. slow: pause before each byte, default 50. Milliseconds. */
  readonly ms?: number
  /** throttling: 400 or 503. server-error: 500 or 503. html: 200, 403, 407 or 502. Defaults 400, 500, 200. */
  readonly status?: number
  /** redirect: where to. Default a name that no resolver knows. */
  readonly location?: string
  /** big-body: how long the answer is, in bytes. Default 8 MiB. */
  readonly bytes?: number
}

export class Faults {
  #standing: {fault: Fault; left: number}[] = []

  /** Takes effect from the next request on; the value takes it back. */
  add(fault: Fault): () => void {
    const entry = {fault, left: fault.times ?? Number.POSITIVE_INFINITY}
    this.#standing.push(entry)
    return () => {
      this.#standing = this.#standing.filter((each) => each !== entry)
    }
  }

  clear(): void {
    this.#standing = []
  }

  /** The oldest fault that strikes this call, counted as used. */
  take(service: string, action: string): Fault | undefined {
    const hit = this.#standing.find(
      ({fault, left}) => left > 0 && strikes(fault.action ?? '*', service, action),
    )
    if (hit === undefined) return undefined
    hit.left -= 1
    return hit.fault
  }
}

function strikes(pattern: string, service: string, action: string): boolean {
  return pattern === '*' || pattern === `${service}:*` || pattern === `${service}:${action}`
}
