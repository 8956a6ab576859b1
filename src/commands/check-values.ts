import type {Options} from './read-args.js'
import type {Complaint} from '../safety/problem.js'
import {safe, say} from '../safety/safe-text.js'
import {checkStartUrl} from '../safety/sso-start-url.js'
import {checkAccountId, checkProfileName, checkRegion, parseProfileName} from '../safety/validators.js'
import {checkTemplateName} from '../app/role-options.js'
import {checkAppName, checkServiceName} from '../service/names.js'
import {checkNameTemplate} from '../store/sso-names.js'
import {err} from '../app/output.js'
import {EXIT, reportProblem} from '../app/report.js'

/** An option whose value is no answer to its question. */
export interface RefusedOption {
  /** As it is typed: `--region`. */
  readonly option: string
  readonly complaint: Complaint
}

/**
 * The first option that cannot be an answer, whatever is on this machine. A name that is only unwise is taken here: it
 * may be that of a profile which is there, and the question itself refuses any other.
 */
export function refusedOption(options: Options): RefusedOption | undefined {
  const {command, profile, region, sso, role} = options
  // The doctor looks for what it is given, and an undo takes none of these.
  if (command === 'doctor' || command === 'undo') return undefined
  const checks: readonly (readonly [string, string | undefined, (text: string) => Complaint | undefined])[] =
    [
      ['--profile', profile, checkName],
      ['--region', region, checkRegion],
      ['--sso-region', sso.ssoRegion, checkRegion],
      ['--start-url', sso.startUrl, checkStartUrl],
      ['--app', role.app, checkAppName],
      ['--service-name', role.serviceName, checkServiceName],
      ['--template-name', role.templateName, checkTemplateName],
      ['--session', sso.session, checkName],
      ['--account', sso.account, checkAccountId],
      // Whether it tells the names apart is seen once they are known.
      ['--template', sso.template, (text) => checkNameTemplate(text, [])],
    ]
  for (const [option, value, check] of checks) {
    const complaint = value === undefined ? undefined : check(value)
    if (complaint) return {option, complaint}
  }
  return undefined
}

/** Tells what is wrong with an option, and returns the exit code of bad usage. */
export function reportRefused({option, complaint}: RefusedOption, options: Pick<Options, 'json'>): number {
  const {what, example} = complaint
  if (options.json) {
    reportProblem(
      {
        code: 'OPTION_REFUSED',
        what: say`${option}: ${what}`,
        why: say`The value of this option is no answer to its question.`,
        nextSteps: example ? [say`Give it like this: \`${option} ${example}\``] : [],
      },
      options,
    )
  } else {
    err().write(`${safe(option)}: ${what}\n${example ? `Example: ${option} ${example}\n` : ''}`)
  }
  return EXIT.unanswered
}

function checkName(name: string): Complaint | undefined {
  return parseProfileName(name) === undefined ? checkProfileName(name) : undefined
}
