/** What `.env` beside a service says of credentials, in a few words. */
import type {SafeText} from '../text/safe-text.js'
import type {ServiceHere} from '../service/here.js'
import {dotenvSays} from '../service/run.js'
import {shownRelative} from './shown.js'

/** `.env sets AWS_PROFILE`; nothing where it says nothing of them. */
export function dotenvWords({dotenv}: Pick<ServiceHere, 'dotenv'>): SafeText | undefined {
  return dotenvSays(dotenv, shownRelative)
}
