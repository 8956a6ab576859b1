/** Why a text without any access key is not one, by what it looks like. */
import {checkAccessKeyId} from '../../domain/key-validators.js'
import type {ValidationError} from '../../domain/problem.js'
import type {SafeText} from '../../text/safe-text.js'
import {say} from '../../text/safe-text.js'

const LOOKS_LIKE: readonly (readonly [RegExp, SafeText])[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    say`This is a private key, as SSH uses it. An access key is two short texts: an ID and a secret.`,
  ],
  [
    /\(LimitExceeded\)[^]*AccessKeysPerUser/,
    say`The user has two access keys already, the most there can be. In the IAM console open the user, delete one under "Security credentials", and run the command again.`,
  ],
  [
    /\(LimitExceeded\)/,
    say`A limit of the account is reached: AWS said LimitExceeded, and made no access key.`,
  ],
  [
    /\((?:AccessDenied|AccessDeniedException)\)|is not authorized to perform/,
    say`AWS did not allow it. Sign in to the console as an administrator of the account, and run the command again.`,
  ],
  [
    /access key id/i,
    say`Here is the heading of an access key, but not the key below it. Copy the line after it too.`,
  ],
  [
    /console (?:login|sign-in) (?:link|url)/i,
    say`This is the password to the console, not an access key. Create an access key under "Security credentials".`,
  ],
  [/[*•●]{4}/, say`The key was copied while it was hidden. Choose "Show" in the console first.`],
  [/EXAMPLE/, say`This is an example of the AWS documentation. Copy your own key from the console.`],
  [
    /(?:InvalidClientTokenId|AccessDenied|ExpiredToken|Unable to locate credentials|NoSuchEntity)/,
    say`This is an error message, there is no access key in it.`,
  ],
  [
    /\baws iam create-access-key\b/,
    say`This is the command itself. Run it in CloudShell, and paste what it prints.`,
  ],
  [/access[ _]?key/i, say`An access key is named here, but there is no value with the name.`],
]

const IN_S3 = say`This is an address in Amazon S3. Copy the file to this machine first, and give its path.`
const SEVERAL = say`There are several key IDs here, and it cannot be told which secret belongs to which. Paste one key, its ID and its secret.`

/** A complaint for text in which no reader found anything. Never repeats the text. */
export function explainNothing(text: string): ValidationError {
  const trimmed = text.trim()
  if (/^s3:\/\//i.test(trimmed)) return {...general(), what: IN_S3}
  if ((trimmed.match(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g) ?? []).length > 1) return {...general(), what: SEVERAL}
  if (trimmed === '' || !/\s/.test(trimmed)) return checkAccessKeyId(trimmed) ?? general()
  const what = LOOKS_LIKE.find(([shape]) => shape.test(trimmed))?.[1]
  return what ? {...general(), what} : general()
}

function general(): ValidationError {
  return {
    what: say`There is no access key in this text.`,
    example: say`AKIA followed by 16 capital letters and digits`,
  }
}
