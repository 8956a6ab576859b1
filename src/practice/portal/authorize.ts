/** The browser's side of the authorization code grant: the request is checked, a person allows it or not. */
import type {IdentityCenter} from '../identity-center.js'
import type {PageAnswer} from '../page.js'
import {isRegistered, withParameters} from '../redirect-uri.js'
import {CODE_GRANT, type RegisteredClient} from '../sign-in-entities.js'

/** Parameters of a request, as a client sends them and the page's form repeats them. */
const AUTHORIZE_FIELDS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
  'scopes',
  'scope',
] as const

export interface AuthorizeRequest {
  readonly client: RegisteredClient
  readonly redirectUri: string
  readonly state?: string
  readonly challenge: string
  /** Every field that was sent, for the form to repeat. */
  readonly fields: Readonly<Record<string, string>>
}

/** What is wrong: told on a page while it is not known where to send the browser, else told to the client. */
export type Checked =
  {readonly request: AuthorizeRequest} | {readonly problem: string} | {readonly redirect: PageAnswer}

/** Source: RFC 6749, section 4.1.2.1: no redirect to an address that the client did not register. */
export function checkRequest(identityCenter: IdentityCenter, given: URLSearchParams, now: number): Checked {
  const client = identityCenter.signIns.clients.get(given.get('client_id') ?? '')
  if (client === undefined || now >= client.expiresAt) {
    return {problem: 'The program that asks is not registered, or its registration has expired.'}
  }
  const redirectUri = given.get('redirect_uri') ?? ''
  if (!isRegistered(redirectUri, client.redirectUris)) {
    return {problem: 'The address to return to is not one that the program registered.'}
  }
  const state = given.get('state') ?? undefined
  const refuse = (error: string, description: string): Checked => ({
    redirect: {
      status: 302,
      location: withParameters(redirectUri, {error, error_description: description, state}),
    },
  })
  if (given.get('response_type') !== 'code') {
    return refuse('unsupported_response_type', 'Only the response type code is supported')
  }
  if (!client.grantTypes.includes(CODE_GRANT)) {
    return refuse('unauthorized_client', 'Client is not registered for the grant type authorization_code')
  }
  const challenge = given.get('code_challenge') ?? ''
  if (given.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)) {
    return refuse('invalid_request', 'A code challenge of the method S256 is required')
  }
  const scopes = (given.get('scopes') ?? given.get('scope') ?? '').split(/[ ,]/).filter((each) => each !== '')
  if (!scopes.every((scope) => client.scopes.includes(scope))) {
    return refuse('invalid_scope', 'Invalid scope provided')
  }
  const sent = AUTHORIZE_FIELDS.flatMap((name) => {
    const value = given.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return {
    request: {
      client,
      redirectUri,
      challenge,
      fields: Object.fromEntries(sent),
      ...(state === undefined ? {} : {state}),
    },
  }
}

/** Back to the program with a code. */
export function allow(
  identityCenter: IdentityCenter,
  {client, redirectUri, state, challenge}: AuthorizeRequest,
  username: string,
  now: number,
): PageAnswer {
  const code = identityCenter.signIns.issueCode({client, redirectUri, challenge, username}, now)
  return {status: 302, location: withParameters(redirectUri, {code: code.reveal(), state})}
}

/** Back to the program with a refusal. */
export function deny({redirectUri, state}: AuthorizeRequest): PageAnswer {
  return {
    status: 302,
    location: withParameters(redirectUri, {
      error: 'access_denied',
      error_description: 'The request was denied',
      state,
    }),
  }
}
