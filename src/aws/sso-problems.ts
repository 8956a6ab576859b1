/** What AWS SSO can say no to, in words. Faults on the way there are told by `explain`. */
import type {Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {word} from '../text/shell.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {SsoSession} from '../domain/sso.js'
import {isPortalOfAws} from '../domain/sso-start-url.js'

/** To be pasted into a shell: a session's name comes from a file, and may hold what a shell would run. */
function login({name, startUrl, region, isNew}: SsoSession, option: SafeText = say``): SafeText {
  if (isNew) return say`\`${program()} sso --start-url ${word(startUrl)} --sso-region ${region}${option}\``
  const isPlain = /^[\w.@:+/][\w.@:+/-]*$/.test(name)
  return isPlain
    ? say`\`${program()} sso login --session ${name}${option}\``
    : say`\`${program()} sso login${option}\``
}

export function sessionExpired(): Problem {
  return {
    code: 'SSO_SESSION_EXPIRED',
    what: say`The AWS SSO session has ended.`,
    why: say`AWS accepts its token no longer: its time is over, or it was signed out elsewhere.`,
    nextSteps: [say`Sign in again: \`${program()} sso login\``],
  }
}

export function denied(session: SsoSession): Problem {
  return {
    code: 'SSO_DENIED',
    what: say`The sign-in was denied in the browser.`,
    why: say`Somebody chose "Deny", or this person may not sign in.`,
    nextSteps: [say`Sign in again and choose "Allow access": ${login(session)}`],
  }
}

export function expired(session: SsoSession): Problem {
  return {
    code: 'SSO_CODE_EXPIRED',
    what: say`The sign-in was not finished in time.`,
    why: say`Its code is good for some minutes only, and once.`,
    nextSteps: [say`Begin anew: ${login(session)}`],
  }
}

/** @param error the OAuth name of it, as the page sent it along: text from outside */
export function pageRefused(session: SsoSession, error: string): Problem {
  return {
    code: 'SSO_PAGE_REFUSED',
    what: say`The sign-in page sent the browser back without a sign-in.`,
    why: say`It says: ${error}.`,
    nextSteps: [
      say`Begin anew: ${login(session)}`,
      say`Or sign in with a code: ${login(session, say` --device-code`)}`,
    ],
  }
}

export function noListener(session: SsoSession, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'nothing'
  return {
    code: 'SSO_NO_LISTENER',
    what: say`The browser could not come back to this program.`,
    why: say`Listening on 127.0.0.1 is not possible here: the system said ${code}.`,
    nextSteps: [say`Sign in with a code instead: ${login(session, say` --device-code`)}`],
  }
}

/** The start URL or the region is not one of this Identity Center. */
export function portalRefused({startUrl, region}: Pick<SsoSession, 'startUrl' | 'region'>): Problem {
  return {
    code: 'SSO_PORTAL_REFUSED',
    what: say`AWS does not know this start URL in ${region}.`,
    why: say`${startUrl} is mistyped, or its Identity Center is in another region.`,
    nextSteps: [
      ...(isPortalOfAws(startUrl)
        ? []
        : [
            say`Open ${startUrl} in a browser: where it leads on to another address, that one is the start URL.`,
          ]),
      say`Compare both with your AWS access portal, or ask whoever manages your AWS accounts.`,
      say`Then: \`${program()} sso\``,
    ],
  }
}

/** What was kept of an earlier sign-in is good no longer; with a new registration it may go on. */
export function registrationGone(): Problem {
  return {
    code: 'SSO_REGISTRATION_GONE',
    what: say`AWS no longer knows this program as it was registered.`,
    why: say`A registration is kept for some weeks with the sign-in, and this one has ended or is another region's.`,
    nextSteps: [
      say`Delete what is kept of the session: \`${program()} sso logout\``,
      say`Then sign in again: \`${program()} sso login\``,
    ],
  }
}

export function roleGone({accountId, roleName}: {accountId: string; roleName: string}): Problem {
  return {
    code: 'SSO_ROLE_GONE',
    what: say`You may not use the role ${roleName} in account ${accountId}.`,
    why: say`The sign-in works, but AWS gives out no keys for this role: it was taken away, or the profile names it wrongly.`,
    nextSteps: [
      say`See what you may use, and bring the profiles up to date: \`${program()} sso sync\``,
      say`Or ask whoever manages your AWS accounts for it.`,
    ],
  }
}

export function accountGone(accountId: string): Problem {
  return {
    code: 'SSO_ROLE_GONE',
    what: say`You have no role in account ${accountId} any more.`,
    why: say`The sign-in works, but AWS lists no roles there for you.`,
    nextSteps: [
      say`See what you may use, and bring the profiles up to date: \`${program()} sso sync\``,
      say`Or ask whoever manages your AWS accounts for it.`,
    ],
  }
}
