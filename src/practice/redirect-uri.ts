/** Where a browser may be sent back to. Source: RFC 8252, section 7.3: a loopback address may have any port. */

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Plain HTTP to this machine, or HTTPS; no fragment, nobody's name in it. */
export function isAcceptable(text: string): boolean {
  const url = parse(text)
  if (url === undefined || url.hash !== '' || url.username !== '' || url.password !== '') return false
  // A host may hold a semicolon, which would end the directive of the page's security policy that names it.
  if (!/^(?:[\w.-]+|\[::1\])$/.test(url.hostname)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

/** Whether the address is a registered one; for loopback addresses, on whatever port. */
export function isRegistered(text: string, registered: readonly string[]): boolean {
  const url = parse(text)
  if (url === undefined || !isAcceptable(text)) return false
  return registered.some((each) => {
    const known = parse(each)
    if (known === undefined) return false
    return LOOPBACK.has(url.hostname) ? portless(url) === portless(known) : text === each
  })
}

/** The address with parameters added to those it has. */
export function withParameters(
  text: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const url = new URL(text)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.append(name, value)
  }
  return url.href
}

function portless({protocol, hostname, pathname, search}: URL): string {
  return `${protocol}//${hostname}${pathname}${search}`
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
