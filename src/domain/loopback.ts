/** True for an address of this machine itself. */
export function isLoopback(endpoint: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|(?:.+\.)?localhost|\[::1\])$/.test(new URL(endpoint).hostname)
}

/** Another place that answers in the Dashboard's stead, for practice; only this machine can be one. */
export const DASHBOARD_URL_VARIABLE = 'SERVERLESS_SETUP_DASHBOARD_URL'

/** The address of a practice Dashboard, where one is in force. */
export function practiceDashboard(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const other = env[DASHBOARD_URL_VARIABLE]
  return other && isPracticeDashboard(other) ? new URL(other).origin : undefined
}

export function isPracticeDashboard(text: string): boolean {
  return URL.canParse(text) && isLoopback(text) && new URL(text).protocol === 'http:'
}
