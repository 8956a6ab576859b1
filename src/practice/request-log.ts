/** What was asked of the server, without anything secret: no header, no parameter, no body. */

/** Older entries are dropped beyond this many. */
const MAX_ENTRIES = 10_000

export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: string
  /** `console` for the practice console. */
  readonly service: string
  readonly action: string
  /** Only what looks like an access key ID; whatever else stood in its place may be a misplaced secret. */
  readonly accessKeyId?: string
  /** What was answered before any fault struck. */
  readonly status: number
  readonly errorCode?: string
  readonly fault?: string
}

export class RequestLog {
  #entries: LogEntry[] = []
  #waiting: ((entry: LogEntry) => void)[] = []

  get entries(): readonly LogEntry[] {
    return this.#entries
  }

  add(entry: LogEntry): void {
    this.#entries.push(entry)
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift()
    this.#waiting.splice(0).forEach((tell) => {
      tell(entry)
    })
  }

  /** The entry of the next request, so that a test need not guess when it has come. */
  next(): Promise<LogEntry> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** How often an action was called: `sts:GetCallerIdentity`. */
  count(action: string): number {
    return this.#entries.filter((entry) => `${entry.service}:${entry.action}` === action).length
  }

  clear(): void {
    this.#entries = []
  }
}
