/** A refusal of the Dashboard: its status and the message of its JSON body. */
export class DashboardError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'DashboardError'
    this.status = status
  }
}
