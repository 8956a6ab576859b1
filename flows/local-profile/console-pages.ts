import type {SafeText} from '../../src/text/safe-text.js'
import {say} from '../../src/text/safe-text.js'
import type {PolicyChoice} from './ports.js'
import type {KeyMethod} from './state.js'
import {words} from './words.js'

/** Number of screens that the console steps take. */
export function consolePages(method: KeyMethod | undefined): number {
  return method === 'same-user' ? 1 : 3
}

export const USERS_PAGE = 'https://console.aws.amazon.com/iam/home?#/users'

export interface ConsolePage {
  readonly heading: SafeText
  readonly items: readonly SafeText[]
  /** Number of the first step on this page. */
  readonly start: number
  readonly hasPolicy: boolean
  readonly proceed: SafeText
}

/** One screen of the steps in the IAM console; they are numbered through over all screens. */
export function consolePage(
  page: number,
  policy: PolicyChoice,
  method: KeyMethod | undefined = 'console',
): ConsolePage {
  const count = consolePages(method)
  const pages =
    method === 'same-user'
      ? [words.console.sameUser]
      : [
          words.console.user,
          policy === 'administrator' ? words.console.administrator : words.console.deployment,
          words.console.key,
        ]
  const index = Math.min(page, count - 1)
  const before = pages.slice(0, index).reduce((sum, items) => sum + items.length, 0)
  return {
    heading: words.console.heading(index + 1, count),
    items: pages[index] ?? [],
    start: before + 1,
    hasPolicy: index === 1 && policy === 'deployment',
    proceed: index === count - 1 ? words.console.proceedToKey : words.console.proceed,
  }
}

/** The name of a policy as the console shows it. */
export function policyName(policy: PolicyChoice): SafeText {
  return policy === 'administrator' ? say`AdministratorAccess` : say`ServerlessDeployment`
}
