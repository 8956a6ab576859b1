/** What the Dashboard can say no to, in words. Faults on the way there are told by the words of the network. */
import type {Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {setVariable, unsetVariables} from '../text/shell.js'

/** What a sign-in is about, in the words of a fault. */
export const ABOUT_LOGIN = say`to begin a sign-in`

const AGAIN = say`Try again: \`${program()} --path role\``
const STATUS_PAGE = say`See whether it is known: https://status.serverless.com`

export const signedOut: Problem = {
  code: 'DASHBOARD_SIGNED_OUT',
  what: say`The Dashboard does not accept this sign-in any more.`,
  why: say`Its time is over, or somebody signed out elsewhere.`,
  nextSteps: [say`Sign in again: \`${program()} --path role\``],
}

export const keyRefused: Problem = {
  code: 'DASHBOARD_KEY_REFUSED',
  what: say`The Dashboard does not accept the key in SERVERLESS_ACCESS_KEY.`,
  why: say`It was deleted or mistyped, or it is a license key, which opens no Dashboard.`,
  nextSteps: [
    say`Sign in with the browser instead: \`${unsetVariables(['SERVERLESS_ACCESS_KEY', 'SERVERLESS_USER_ACCESS_KEY'])}\``,
    say`Or make a new key: https://app.serverless.com/settings/accessKeys`,
  ],
}

export function forbidden(what: SafeText): Problem {
  return {
    code: 'DASHBOARD_FORBIDDEN',
    what: say`You may not do this in the Dashboard: ${what}.`,
    why: say`You are signed in, but have no right to it in this organisation.`,
    nextSteps: [
      say`Ask an owner of the organisation to make you one, or choose another organisation.`,
      AGAIN,
    ],
  }
}

export function notFound(what: SafeText): Problem {
  return {
    code: 'DASHBOARD_NOT_FOUND',
    what: say`The Dashboard does not find what was asked for: ${what}.`,
    why: say`It was renamed or deleted in the meantime, or you do not belong to it.`,
    nextSteps: [say`Compare with what you see there: https://app.serverless.com`, AGAIN],
  }
}

export function busy(what: SafeText): Problem {
  return {
    code: 'DASHBOARD_BUSY',
    what: say`The Dashboard is answering too many requests and asks to wait: ${what}.`,
    why: say`It was asked several times in a row. This says nothing about your sign-in.`,
    nextSteps: [say`Wait a minute. ${AGAIN}`],
  }
}

export function down(what: SafeText, status: number | undefined): Problem {
  return {
    code: 'DASHBOARD_DOWN',
    what: say`The Dashboard has a fault of its own: ${what}.`,
    why: say`It answered with status ${status ?? 500}. Nothing is wrong here, and nothing is lost.`,
    nextSteps: [
      STATUS_PAGE,
      say`Try again later, or use a key in a local profile for now: \`${program()} --path local\``,
    ],
  }
}

/** @param said the words of the Dashboard: text from outside, without secrets */
export function refused(what: SafeText, status: number | undefined, said: string): Problem {
  return {
    code: 'DASHBOARD_REFUSED',
    what: say`The Dashboard refused: ${what}.`,
    why: said === '' ? say`It answered with status ${status ?? 'unknown'}.` : say`It says: ${said}`,
    nextSteps: [AGAIN, say`Or ask what it means: https://www.serverless.com/support`],
  }
}

export const loginCut: Problem = {
  code: 'DASHBOARD_LOGIN_CUT',
  what: say`The connection to the Dashboard ended before the sign-in was finished.`,
  why: say`The network cut it, or "Deny" was chosen in the browser. Its page is of no use any more.`,
  nextSteps: [
    say`Begin anew, with a new page: \`${program()} --path role\``,
    say`Where it is cut each time, use an access key of the Dashboard: \`${setVariable('SERVERLESS_ACCESS_KEY', 'KEY')}\``,
  ],
}

export function loginLate(minutes: number): Problem {
  return {
    code: 'DASHBOARD_LOGIN_LATE',
    what: say`The sign-in was not finished in ${minutes} minutes.`,
    why: say`Nobody signed in on the page, or it was another page than the one shown here.`,
    nextSteps: [say`Begin anew, with a new page: \`${program()} --path role\``],
  }
}

export const cancelled: Problem = {
  code: 'CANCELLED',
  what: say`It was stopped before the Dashboard answered.`,
  why: say`You went back or left.`,
  nextSteps: [say`Go on where you left: \`${program()} --path role\``],
}
