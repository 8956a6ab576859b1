/**
 * The proxy for a URL, from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY in any case. The rules are those of
 * curl, as in the proxy-from-env package, which can only read the environment of the process.
 */
export function proxyFor(url: string, env: NodeJS.ProcessEnv): string | undefined {
  const {protocol, hostname, port} = new URL(url)
  const scheme = protocol.slice(0, -1)
  if (isExempt(hostname, Number(port || (scheme === 'https' ? 443 : 80)), variable(env, 'no_proxy')))
    return undefined
  const proxy = variable(env, `${scheme}_proxy`) || variable(env, 'all_proxy')
  if (!proxy) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

function variable(env: NodeJS.ProcessEnv, name: string): string {
  return env[name] || env[name.toUpperCase()] || ''
}

function isExempt(hostname: string, port: number, list: string): boolean {
  if (list.trim() === '*') return true
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, host = entry, entryPort] = /^(.+):(\d+)$/.exec(entry) ?? []
      if (entryPort && Number(entryPort) !== port) return false
      if (host === '*') return true
      const suffix = host.replace(/^\*/, '')
      return suffix.startsWith('.')
        ? hostname.endsWith(suffix)
        : hostname === suffix || hostname.endsWith(`.${suffix}`)
    })
}
