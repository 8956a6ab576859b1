/** Names of secrets that are not of AWS, though a secret access key looks like them. */
const OTHERS =
  /(?:^|[_.-])(?:jwt|api|app|auth|client|cookie|csrf|db|django|encryption|github|gitlab|hash|hmac|private|session|signing|slack|stripe|webhook)[_.-]/i

/** @param name such as `JWT_SECRET`, or its beginning */
export function isOfAnother(name: string): boolean {
  return OTHERS.test(name) && !/(?:session|security)[_.-]?token$/i.test(name)
}
