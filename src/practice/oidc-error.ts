/** Refusals of the sign-in service; names and numbers as in its model, words as far as they are known. */
import {AwsError} from './aws-error.js'

/** What stands in the field `error` of each refusal. Source: the service's model of 2019-06-10. */
const OAUTH_ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'access_denied',
  AuthorizationPendingException: 'authorization_pending',
  ExpiredTokenException: 'expired_token',
  InternalServerException: 'server_error',
  InvalidClientException: 'invalid_client',
  InvalidClientMetadataException: 'invalid_client_metadata',
  InvalidGrantException: 'invalid_grant',
  InvalidRedirectUriException: 'invalid_redirect_uri',
  InvalidRequestException: 'invalid_request',
  InvalidScopeException: 'invalid_scope',
  SlowDownException: 'slow_down',
  UnauthorizedClientException: 'unauthorized_client',
  UnsupportedGrantTypeException: 'unsupported_grant_type',
}

/** The OAuth word for a refusal, also for one that the model does not know. */
export function oauthError({code, status}: AwsError): string {
  return OAUTH_ERRORS[code] ?? (status < 500 ? 'invalid_request' : 'server_error')
}

export const accessDeniedByPerson = (message = 'The request was denied') =>
  new AwsError(400, 'AccessDeniedException', message)

export const authorizationPending = () =>
  new AwsError(400, 'AuthorizationPendingException', 'Authorization is still pending')

export const expiredCode = (message: string) => new AwsError(400, 'ExpiredTokenException', message)

export const internalServer = (message = 'Unexpected server error') =>
  new AwsError(500, 'InternalServerException', message)

export const invalidClient = (message = 'Invalid client provided') =>
  new AwsError(401, 'InvalidClientException', message)

export const invalidClientMetadata = (message: string) =>
  new AwsError(400, 'InvalidClientMetadataException', message)

export const invalidGrant = (message: string) => new AwsError(400, 'InvalidGrantException', message)

export const invalidRedirectUri = (message: string) =>
  new AwsError(400, 'InvalidRedirectUriException', message)

export const invalidRequest = (message: string) => new AwsError(400, 'InvalidRequestException', message)

export const invalidScope = (message: string) => new AwsError(400, 'InvalidScopeException', message)

export const slowDown = (message: string) => new AwsError(400, 'SlowDownException', message)

export const unauthorizedClient = (message: string) =>
  new AwsError(400, 'UnauthorizedClientException', message)

export const unsupportedGrantType = (message = 'Unsupported grant type') =>
  new AwsError(400, 'UnsupportedGrantTypeException', message)
