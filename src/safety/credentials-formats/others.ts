/** Names of secrets that are not of AWS, though a secret access key looks like them. */
const OTHERS =
  /(?:^|[_.-])(?:jwt|api|app|auth|client|cookie|csrf|db|django|encryption|github|gitlab|hash|hmac|private|session|signing|slack|stripe|token(?=[_.-]secret)|webhook)[_.-]/i

/** @param name such as `JWT_SECRET`, or its beginning */
export function isOfAnother(name: string): boolean {
  return OTHERS.test(name) && !/(?:session|security)[_.-]?token$/i.test(name)
}

/** What a name of a key of AWS is made of. */
const OWN = new Set(
  'aws amazon iam s3 sts default access accesskey key keys keyid id secret secretkey secretaccesskey token session security credential credentials user value'.split(
    ' ',
  ),
)

/** What a name says besides: whose it is, such as `prod` in `PROD_AWS_SECRET`, or that it is of something else. */
export function owner(name: string): string {
  const words = name
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(/[\s_.-]+/)
  return words.filter((word) => word !== '' && !OWN.has(word)).join('_')
}
