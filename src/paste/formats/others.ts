/** Names of secrets that are not of AWS, though a secret access key looks like them. */
const OTHERS =
  /(?:^|[_.-])(?:jwt|api|app|auth|client|cookie|csrf|db|django|encryption|github|gitlab|hash|hmac|private|session|signing|slack|stripe|token(?=[_.-]secret)|webhook)[_.-]/i

/** Words that alone say of a secret that it is none of AWS. */
const FOREIGN =
  /(?:^|[\s_.-])(?:pass(?:word|wd|phrase|code)?|pwd|pin|otp|totp|mfa|jwt|github|gitlab|slack|stripe|twilio|sendgrid|openai|npm|docker|commit|token)[\s_.-]*(?:secret|key|token)?(?:[\s_.-]*key)?$/i

/** @param name such as `JWT_SECRET`, or its beginning */
export function isOfAnother(name: string): boolean {
  // What it stands below says whose it is, not what.
  return (
    OTHERS.test(snake(name.slice(name.lastIndexOf('·') + 1))) &&
    !/(?:session|security)[_.-]?token(?:[_.-]\w{1,60})?$/i.test(name)
  )
}

/** @param name of what looks like a secret access key, with the words before it on its line */
export function isForeignSecret(name: string): boolean {
  return FOREIGN.test(snake(name))
}

function snake(name: string): string {
  return name.replace(/([a-z])(?=[A-Z])|([A-Z]{2,9})(?=[A-Z][a-z])/g, '$1$2_')
}

/** What a name of a key of AWS is made of. */
const OWN = new Set(
  'aws amazon iam s3 sts default access accesskey key keys keyid id secret secretkey secretaccesskey token session security credential credentials user value region name profile account expiration expires x'.split(
    ' ',
  ),
)

/** Blocks that say what kind of values stand in them, not whose they are. */
const NEUTRAL = new Set(
  'env environment config configmap data stringdata secret secrets settings values vars variables secret_variables params parameters'.split(
    ' ',
  ),
)

/** What a name says besides: whose it is, such as `prod` in `PROD_AWS_SECRET`, or that it is of something else. */
export function owner(name: string): string {
  const [own = '', ...above] = name.split('·').toReversed()
  const blocks = above.filter((block) => !NEUTRAL.has(block.toLowerCase()))
  const words = snake([...blocks, own].join('.'))
    .toLowerCase()
    .split(/[\s_.-]+/)
  return words.filter((word) => word !== '' && !OWN.has(word)).join('_')
}
