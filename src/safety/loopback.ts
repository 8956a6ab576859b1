/** True for an address of this machine itself. */
export function isLoopback(endpoint: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|(?:.+\.)?localhost|\[::1\])$/.test(new URL(endpoint).hostname)
}
