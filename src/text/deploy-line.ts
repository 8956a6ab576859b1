import {safe, type SafeText} from './safe-text.js'
import {quotedFor, shell, type Shell} from './shell.js'

/** The command line of `serverless`, for the person's shell. An option serves in all of them, a variable before it does not. */
export function deployLine(
  args: readonly string[] = ['deploy'],
  of: Shell = shell(),
  program: readonly string[] = ['serverless'],
): SafeText {
  return safe([...program, ...args].map((word) => quotedFor(of, word)).join(' '))
}

/** With one profile, whatever else this terminal says. */
export function deployWith(profile: string): SafeText {
  return deployLine(profile === '' ? ['deploy'] : ['deploy', '--aws-profile', profile])
}
