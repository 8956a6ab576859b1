/** The sign-in service of IAM Identity Center, version 2019-06-10: clients, device codes and tokens. */
import {AwsError} from '../aws-error.js'
import {
  accessDeniedByPerson,
  expiredCode,
  internalServer,
  invalidClient,
  invalidClientMetadata,
  invalidRedirectUri,
  invalidRequest,
  invalidScope,
  oauthError,
  slowDown,
  unsupportedGrantType,
} from '../oidc-error.js'
import {isAcceptable} from '../redirect-uri.js'
import {jsonOf, restJsonService, type JsonObject} from './rest-json.js'
import type {Exchange} from './service.js'
import {
  CODE_GRANT,
  DEVICE_GRANT,
  REFRESH_GRANT,
  type IssuedTokens,
  type RegisteredClient,
} from '../sign-in-entities.js'

const GRANTS: readonly string[] = [DEVICE_GRANT, CODE_GRANT, REFRESH_GRANT]

/** As the service itself says it, with the namespace behind the colon. */
const ERROR_NAMESPACE = 'http://internal.amazon.com/coral/com.amazonaws.sso.oidc/'

export const ssoOidc = restJsonService({
  name: 'sso-oidc',
  operations: {
    RegisterClient: {method: 'POST', path: '/client/register', run: registerClient},
    StartDeviceAuthorization: {method: 'POST', path: '/device_authorization', run: startDeviceAuthorization},
    CreateToken: {method: 'POST', path: '/token', run: createToken},
  },
  translate,
  refusal: (error) => ({
    type: `${error.code}:${ERROR_NAMESPACE}`,
    body: {error: oauthError(error), error_description: error.message},
  }),
})

function registerClient({request, identityCenter, now}: Exchange): JsonObject {
  const fields = new Fields(jsonOf(request))
  const name = fields.text('clientName')
  if (fields.text('clientType') !== 'public') {
    throw invalidClientMetadata('Only clients of the type public can be registered')
  }
  const scopes = fields.list('scopes')
  const odd = scopes.find((scope) => !/^[a-z]+:[a-z_]+(:[a-z_]+)*$/.test(scope))
  if (odd !== undefined) throw invalidScope('Invalid scope provided')
  // A client that names no grants is one of the device flow: that is how every older tool registers.
  const named = fields.list('grantTypes')
  const grantTypes = named.length === 0 ? [DEVICE_GRANT, REFRESH_GRANT] : named
  if (!grantTypes.every((grant) => GRANTS.includes(grant))) throw unsupportedGrantType()
  const redirectUris = fields.list('redirectUris')
  if (!redirectUris.every(isAcceptable)) throw invalidRedirectUri('Invalid redirect URI provided')
  const issuerUrl = fields.optional('issuerUrl')
  if (grantTypes.includes(CODE_GRANT)) {
    if (redirectUris.length === 0) throw invalidRedirectUri('A redirect URI is required')
    if (issuerUrl === undefined) throw invalidRequest('An issuer URL is required')
  }
  if (issuerUrl !== undefined && !identityCenter.isStartUrl(issuerUrl))
    throw invalidRequest('Invalid issuer URL')
  const client = identityCenter.signIns.register({name, scopes, grantTypes, redirectUris}, now)
  return {
    clientId: client.clientId,
    clientSecret: client.secret.reveal(),
    clientIdIssuedAt: Math.floor(client.issuedAt / 1000),
    clientSecretExpiresAt: Math.floor(client.expiresAt / 1000),
    authorizationEndpoint: null,
    tokenEndpoint: null,
  }
}

function startDeviceAuthorization({request, identityCenter, now, serverUrl}: Exchange): JsonObject {
  const fields = new Fields(jsonOf(request))
  const client = clientOf(fields, identityCenter.signIns, now)
  if (!identityCenter.isStartUrl(fields.text('startUrl'))) throw invalidRequest('Invalid start URL')
  const {signIns} = identityCenter
  const attempt = signIns.startDevice(client, now)
  const verificationUri = `${serverUrl}/device`
  return {
    deviceCode: attempt.deviceCode.reveal(),
    userCode: attempt.userCode,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${attempt.userCode}`,
    expiresIn: Math.floor((attempt.expiresAt - now) / 1000),
    interval: signIns.settings.intervalSeconds,
  }
}

function createToken({request, identityCenter, now}: Exchange): JsonObject {
  const fields = new Fields(jsonOf(request))
  const {signIns} = identityCenter
  const client = clientOf(fields, signIns, now)
  switch (fields.text('grantType')) {
    case DEVICE_GRANT:
      identityCenter.autoApprove(now)
      return tokens(signIns.redeemDevice(client, fields.text('deviceCode'), now))
    case CODE_GRANT: {
      const asked = {
        code: fields.text('code'),
        redirectUri: fields.text('redirectUri'),
        verifier: fields.text('codeVerifier'),
      }
      return tokens(signIns.redeemCode(client, asked, now))
    }
    case REFRESH_GRANT:
      return tokens(signIns.refresh(client, fields.text('refreshToken'), now))
    default:
      throw unsupportedGrantType()
  }
}

function tokens({accessToken, refreshToken, expiresInSeconds}: IssuedTokens): JsonObject {
  return {
    accessToken: accessToken.reveal(),
    tokenType: 'Bearer',
    expiresIn: expiresInSeconds,
    ...(refreshToken === undefined ? {} : {refreshToken: refreshToken.reveal()}),
  }
}

function clientOf(
  fields: Fields,
  signIns: Exchange['identityCenter']['signIns'],
  now: number,
): RegisteredClient {
  return signIns.client(fields.text('clientId'), fields.text('clientSecret'), now)
}

/** What a general refusal, such as a fault's, is called here. */
function translate(error: AwsError): AwsError {
  switch (error.code) {
    case 'Throttling':
      return slowDown('Rate exceeded')
    case 'InternalFailure':
      return internalServer()
    case 'ServiceUnavailable':
      return new AwsError(503, 'ServiceUnavailableException', error.message)
    case 'ExpiredToken':
      return expiredCode('Device code has expired')
    case 'AccessDenied':
      return accessDeniedByPerson('Access denied')
    case 'InvalidClientTokenId':
    case 'SignatureDoesNotMatch':
    case 'OptInRequired':
      return invalidClient()
    default:
      return error
  }
}

/** The members of a request. @throws AwsError InvalidRequestException for what is missing or of another type */
class Fields {
  readonly #body: JsonObject

  constructor(body: JsonObject | undefined) {
    if (body === undefined) throw invalidRequest('Invalid request')
    this.#body = body
  }

  text(name: string): string {
    const value = this.optional(name)
    if (value === undefined || value === '') throw invalidRequest(`Missing parameter: ${name}`)
    return value
  }

  optional(name: string): string | undefined {
    const value = this.#own(name)
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') throw invalidRequest(`Invalid parameter: ${name}`)
    return value
  }

  list(name: string): readonly string[] {
    const value = this.#own(name) ?? []
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
      throw invalidRequest(`Invalid parameter: ${name}`)
    }
    return value
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#body, name) ? this.#body[name] : undefined
  }
}
