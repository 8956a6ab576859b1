/** Troubles that the practice Dashboard plays: each strikes the next calls of the API, so many times. */

export type DashboardTrouble = 'down' | 'html' | 'tooMany'

export class DashboardFaults {
  #left: Record<DashboardTrouble, number> = {down: 0, html: 0, tooMany: 0}
  /** When the next sign-in's socket is cut, against the message that ends the sign-in. */
  dropSocket: 'before' | 'after' | undefined

  strike(trouble: DashboardTrouble, times: number): void {
    this.#left[trouble] = times
  }

  /** The trouble of this call, used up by it. */
  take(): DashboardTrouble | undefined {
    const trouble = (['down', 'html', 'tooMany'] as const).find((each) => this.#left[each] > 0)
    if (trouble !== undefined) this.#left[trouble] -= 1
    return trouble
  }

  takeDrop(): 'before' | 'after' | undefined {
    const when = this.dropSocket
    this.dropSocket = undefined
    return when
  }
}
