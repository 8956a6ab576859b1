import {say, type SafeText} from '../text/safe-text.js'
import type {NetworkFault} from './errors.js'
import {endpointVariables} from './network.js'
import {
  again,
  firstHop,
  hostOf,
  notTheKey,
  iso,
  nameOf,
  partner,
  proxyOf,
  routeTo,
  saidBy,
  type ErrorContext,
  type Explain,
} from './error-context.js'
import {setVariable, unsetVariables} from '../text/shell.js'
import {seeNetworkVariables} from '../text/shell-lines.js'

/** Words for what happens between this machine and AWS. Each says that the key has nothing to do with it. */
export const NETWORK_WORDS: Record<NetworkFault, Explain> = {
  PROXY_ANSWERED: (context) => {
    const proxy = proxyOf(context)
    if (!proxy && isOwnEndpoint(context))
      return {
        what: say`${hostOf(context)} did not answer as AWS would.`,
        why: say`The answer was a web page (status ${context.observation.status ?? 'unknown'}), so this is no endpoint of AWS. ${notTheKey(context)}`,
        nextSteps: [
          say`Start what is meant to answer there, or set the right address.`,
          say`To ask AWS itself: \`${unsetVariables(endpointVariables(process.env))}\``,
        ],
      }
    return {
      what: say`Something between this machine and ${partner(context)} answered instead of ${partner(context)}.`,
      why: proxy
        ? say`The proxy ${proxy} did not let the request through (status ${context.observation.status ?? 'unknown'}). ${notTheKey(context)}`
        : say`The answer was a web page (status ${context.observation.status ?? 'unknown'}), as of a company proxy or the sign-in page of a hotel. ${notTheKey(context)}`,
      nextSteps: [
        say`Open any page in a browser and sign in to the network if it asks.`,
        say`Behind a company proxy: \`${setVariable('HTTPS_PROXY', 'http://USER:PASSWORD@proxy.example.com:8080')}\``,
      ],
    }
  },
  TLS_UNTRUSTED: (context) => ({
    what: say`The certificate of ${hostOf(context)} is not trusted here.`,
    why: say`A company network that looks into encrypted traffic shows its own certificate (${codeOf(context, 'TLS')}). ${notTheKey(context)}`,
    nextSteps: [
      say`Ask for the company's root certificate as a PEM file, then: \`${setVariable('AWS_CA_BUNDLE', '/path/to/company-ca.pem')}\``,
      say`For Serverless Framework as well: \`${setVariable('NODE_EXTRA_CA_CERTS', '/path/to/company-ca.pem')}\``,
    ],
  }),
  TLS_EXPIRED: (context) => ({
    what: say`The certificate of ${hostOf(context)} is not valid at this time.`,
    why: say`Either it has expired, or the clock of this machine (${iso(Date.now())}) is wrong. ${notTheKey(context)}`,
    nextSteps: [say`Check the clock with \`date -u\`, then try again.`],
  }),
  TLS_WRONG_HOST: (context) => ({
    what: say`The certificate shown belongs to another host than ${hostOf(context)}.`,
    why: say`Something between this machine and ${partner(context)} answers in its place, or the address is wrong. ${notTheKey(context)}`,
    nextSteps: [say`Check DNS and proxy settings: \`${seeNetworkVariables()}\``],
  }),
  TLS_FAILED: (context, error) => ({
    what: say`No encrypted connection to ${hostOf(context)} came about.`,
    why: say`${saidBy(error, context)} ${notTheKey(context)}`,
    nextSteps: [
      say`If a proxy is set, check that its address begins with http://: \`${seeNetworkVariables()}\``,
      again(context),
    ],
  }),
  DNS_FAILED: (context) => ({
    what: say`The address of ${firstHop(context)} could not be found.`,
    why: say`This machine is offline, or its DNS does not know the name. ${notTheKey(context)}`,
    nextSteps: [
      say`Check the network: \`nslookup ${nameOf(context)}\``,
      say`Behind a company proxy, set HTTPS_PROXY.`,
    ],
  }),
  CONNECTION_REFUSED: (context) => ({
    what: say`The connection was refused by ${firstHop(context)}.`,
    why: say`Nothing listens there, or a firewall forbids it. ${notTheKey(context)}`,
    nextSteps: [say`Check proxy and endpoint settings: \`${seeNetworkVariables()}\``],
  }),
  CONNECTION_RESET: (context) => ({
    what: say`The connection to ${routeTo(context)} was cut.`,
    why: say`The network, a firewall or a proxy closed it before the answer was whole. ${notTheKey(context)}`,
    nextSteps: [
      again(context),
      say`If it happens each time, ask whether a firewall forbids ${hostOf(context)}.`,
    ],
  }),
  OFFLINE: (context) => ({
    what: say`There is no way from here to ${firstHop(context)}.`,
    why: say`This machine has no way into the internet. ${notTheKey(context)}`,
    nextSteps: [say`Check the network connection or the VPN, then try again.`],
  }),
  TIMED_OUT: (context) => ({
    what: say`${routeTo(context)} did not answer in time.`,
    why: say`The network is slow, or a firewall swallows the request. ${notTheKey(context)}`,
    nextSteps: [
      again(context),
      say`Behind a company proxy, set HTTPS_PROXY: \`${setVariable('HTTPS_PROXY', 'http://proxy.example.com:8080')}\``,
    ],
  }),
  BAD_ANSWER: (context, error) => ({
    what: say`${hostOf(context)} gave an answer that ${partner(context)} would not give.`,
    why: say`Status ${context.observation.status ?? 'unknown'}: ${saidBy(error, context)} ${notTheKey(context)}`,
    nextSteps: [say`Check what stands between: \`${seeNetworkVariables()}\``, again(context)],
  }),
}

/** Whether the person has named an address in the place of AWS's own. */
function isOwnEndpoint({service, network, asked}: ErrorContext): boolean {
  return service !== 'DASHBOARD' && asked === undefined && network.endpoints[service] !== undefined
}

function codeOf({network}: ErrorContext, fallback: string): SafeText {
  return network.caFile ? say`AWS_CA_BUNDLE is ${network.caFile}` : say`${fallback}: no AWS_CA_BUNDLE is set`
}
