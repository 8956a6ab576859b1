import {Failure} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {setVariable} from '../text/shell.js'
import {seeNetworkVariables} from '../text/shell-lines.js'

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
  const name = withoutBrackets(hostname)
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      // An IPv6 address has colons of its own: a port can follow it only after brackets.
      const [, host = entry, entryPort] = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? []
      if (entryPort && Number(entryPort) !== port) return false
      if (host === '*') return true
      const suffix = withoutBrackets(host.replace(/^\*/, ''))
      return suffix.startsWith('.') ? name.endsWith(suffix) : name === suffix || name.endsWith(`.${suffix}`)
    })
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/**
 * Refuses what cannot be a proxy before anything is sent to it. Its address is not repeated: it may hold a password.
 * @throws Failure PROXY_INVALID
 */
export function checkProxy(proxy: string): void {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined
  // A / ? or # in a password ends the name of the host too early: the @ after it is read as a part of the path.
  const isCut = url && `${url.pathname}${url.search}${url.hash}`.includes('@')
  const protocol = isCut ? undefined : url?.protocol
  if (protocol === 'http:' || protocol === 'https:') return
  throw new Failure({
    code: 'PROXY_INVALID',
    what: say`The proxy that is set here cannot be used.`,
    why: protocol
      ? say`Its address begins with ${protocol}// and only http:// and https:// are understood.`
      : say`Its address cannot be read. Signs such as @ or / in a password have to be written %40 and %2F.`,
    nextSteps: [
      say`See what is set: \`${seeNetworkVariables()}\``,
      say`An address looks like this: \`${setVariable('HTTPS_PROXY', 'http://proxy.example.com:8080')}\``,
    ],
  })
}
