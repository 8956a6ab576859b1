/** What can be told of a key without asking AWS. */
import {say, type SafeText} from '../safety/safe-text.js'
import type {Values} from './views.js'

/** Why AWS will refuse it; `undefined` where nothing speaks against it. */
export function keyFault(id: string, hasToken: boolean): SafeText | undefined {
  if (id.startsWith('ASIA') && !hasToken)
    return say`A key that begins with ASIA is temporary and works only with its session token, which is missing.`
  if (id.startsWith('AKIA') && hasToken)
    return say`A session token stands beside a long-lived key (AKIA); AWS refuses the two together.`
  return undefined
}

/** The SDK for JavaScript knows aws_session_token only. */
export function hasToken(data: Values): boolean {
  return data.has('aws_session_token')
}
