/** A refusal in AWS's own words: thrown by handlers, turned into the wire form of its service. */
export class AwsError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'AwsError'
    this.status = status
    this.code = code
  }
}

export const missingToken = () =>
  new AwsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')

export const invalidToken = () =>
  new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.')

export const expiredToken = () =>
  new AwsError(403, 'ExpiredToken', 'The security token included in the request is expired')

export const signatureMismatch = (message?: string) =>
  new AwsError(
    403,
    'SignatureDoesNotMatch',
    message ??
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  )

export const incompleteSignature = (message: string) => new AwsError(400, 'IncompleteSignature', message)

export const accessDenied = (message: string) => new AwsError(403, 'AccessDenied', message)

export const invalidAction = (action: string, version: string) =>
  new AwsError(400, 'InvalidAction', `Could not find operation ${action} for version ${version}`)

export const validationError = (message: string) => new AwsError(400, 'ValidationError', message)

export const noSuchEntity = (message: string) => new AwsError(404, 'NoSuchEntity', message)

export const alreadyExists = (message: string) => new AwsError(409, 'EntityAlreadyExists', message)

export const limitExceeded = (message: string) => new AwsError(409, 'LimitExceeded', message)

export const deleteConflict = (message: string) => new AwsError(409, 'DeleteConflict', message)

export const malformedPolicy = (message: string) => new AwsError(400, 'MalformedPolicyDocument', message)
