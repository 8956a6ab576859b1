/** What `.env` beside a service says of credentials, in a few words. */
import {say, type SafeText} from '../safety/safe-text.js'
import type {ServiceHere} from '../service/here.js'
import {shownRelative} from './shown.js'

/** `.env sets AWS_PROFILE`; nothing where it says nothing of them. */
export function dotenvWords({dotenv}: Pick<ServiceHere, 'dotenv'>): SafeText | undefined {
  if (dotenv.size === 0) return undefined
  const files = [...new Set([...dotenv.values()].map(({path}) => shownRelative(path)))].join(', ')
  return say`${files} sets ${[...dotenv.keys()].join(', ')}`
}
