import type {Problem} from '../../src/domain/problem.js'
import {program} from '../../src/text/program-name.js'
import {say, type SafeText} from '../../src/text/safe-text.js'

/** Every word of this path, in one place. */
export const words = {
  whatNow: say`What now?`,
  retry: {label: say`Try again`},
  leave: {label: say`Leave; nothing was written`},
  reading: say`Looking for AWS SSO sessions on this machine`,
  session: {
    message: say`Which AWS SSO session?`,
    login: say`Sign in to which AWS SSO session?`,
    other: {label: say`A new one`, hint: say`With another start URL.`},
    profiles: (count: number) => (count === 1 ? say`1 profile` : say`${count} profiles`),
  },
  startUrl: {
    heading: say`AWS SSO (IAM Identity Center)`,
    lines: [
      say`You sign in with your company's page, and AWS gives out keys that end by themselves after some hours. No long-lived key stands on this machine.`,
      say`Whoever manages your AWS accounts can tell you the start URL, also called AWS access portal URL. It stands in the invitation e-mail too.`,
    ],
    isPractice: say`Practice: nothing real is touched.`,
    practice: say`In practice: https://d-1234567890.awsapps.com/start`,
    message: say`Start URL:`,
    hint: say`Such as https://acme.awsapps.com/start`,
  },
  ssoRegion: {
    message: say`In which region is IAM Identity Center?`,
    hint: say`In the portal, "Access keys" of any account shows it as SSO region; or ask whoever gave you the start URL. It need not be the region you deploy to.`,
  },
  sessionName: {
    message: say`A name for this session:`,
    hint: say`Yours to choose; profiles refer to it. Enter takes the suggestion.`,
    taken: (name: string) => say`There is a session called ${name} with another start URL.`,
  },
  connecting: (name: string) => say`Signing in to ${name}`,
  waiting: {
    title: say`Waiting for you to finish in the browser`,
    browser: {
      heading: say`Sign in to AWS in your browser`,
      lines: [
        say`Sign in on this page and click "Allow access". Then come back here: this screen goes on by itself.`,
      ],
    },
    device: {
      heading: say`Sign in to AWS with a code`,
      code: say`Your code, which the page has to show as well:`,
      open: say`Open this page on any device, then click "Confirm and continue" and "Allow access":`,
      typed: say`Shorter to type, and asks for the code:`,
    },
    lasts: (time: SafeText) => say`This can be used for ${time}.`,
    secrecy: say`Nobody from AWS asks you for this code.`,
    open: say`open the page`,
    opened: say`The page was opened.`,
    notOpened: say`The page could not be opened.`,
    copyCode: say`copy the code`,
    copyPage: say`copy the address`,
    allow: say`allow (practice)`,
    allowed: say`Allowed, as you would in the browser.`,
    copied: say`Copied, if your terminal allows it.`,
    switch: {
      browser: say`use the browser here`,
      device: say`use a code instead`,
    },
  },
  signedIn: (until: SafeText) => say`Signed in, ${until}`,
  notSignedIn: {
    again: {label: say`Sign in again`},
    other: {
      browser: {label: say`Sign in with the browser of this machine`},
      device: {label: say`Sign in with a code`, hint: say`Works on any device, also over SSH.`},
    },
    session: {label: say`Change the start URL or its region`},
  },
  listing: say`Reading your accounts and roles`,
  unlisted: {
    problem: {
      code: 'SSO_NO_ACCESS',
      what: say`You are signed in, but no AWS account is assigned to you.`,
      why: say`IAM Identity Center gave an empty list of accounts.`,
      nextSteps: [
        say`Ask whoever manages your AWS accounts to assign you an account and a permission set, then try again.`,
      ],
    } satisfies Problem,
  },
  extent: {
    message: say`What do you want profiles for?`,
    found: (accounts: number, roles: number) =>
      say`You can use ${roles} ${roles === 1 ? 'role' : 'roles'} in ${accounts} ${accounts === 1 ? 'account' : 'accounts'}.`,
    one: {label: say`One account and role`, hint: say`The usual choice for a first deploy.`},
    role: {label: say`All accounts with a certain role`, hint: say`One profile an account.`},
    several: {label: say`Several, to be marked in a list`},
  },
  account: {
    message: say`Which account?`,
    noName: say`(no name)`,
  },
  role: {
    message: (account: SafeText) => say`Which role in ${account}?`,
  },
  sharedRole: {
    message: say`Which role?`,
    accounts: (count: number) => (count === 1 ? say`in 1 account` : say`in ${count} accounts`),
  },
  several: {
    message: say`Mark what you want profiles for:`,
    chosen: (count: number) => say`${count} marked`,
  },
  profile: {
    access: say`Account and role`,
    message: say`Save it in which profile?`,
    hint: say`Yours to choose; "default" is used by every AWS tool that is told nothing else.`,
    existing: (name: string) => say`The profile ${name} stands for this account and role already.`,
    isThere: (name: string) =>
      say`The profile ${name} stands for this account and role already; it is updated under its own name.`,
    replaced: (name: string) => say`${name} (existing profile)`,
  },
  template: {
    message: (count: number) => say`How are the ${count} profiles to be named?`,
    hint: say`{account}, {accountId}, {role} and {session} are filled in.`,
    preview: say`They would be called`,
    more: (count: number) => say`and ${count} more`,
  },
  region: {
    message: say`Which region do you deploy to?`,
    hint: say`Type to search. It goes into the profile.`,
  },
  sync: {
    heading: say`Your profiles beside what you may use at AWS`,
    unchanged: say`Unchanged`,
    changed: say`To be brought up to date`,
    vanished: say`No longer yours`,
    added: say`Without a profile`,
    count: (count: number) => safeCount(count),
    add: say`Mark what is to become a profile:`,
    nothingToAdd: say`Every account and role has a profile. Enter goes on.`,
    vanishedWhy: say`You can no longer use these accounts or roles. Their profiles stay unless you mark them.`,
    remove: say`Mark the profiles to remove:`,
  },
  change: {
    token: say`Also kept, readable by you only: the sign-in itself, in ~/.aws/sso/cache, where all AWS tools look for it.`,
  },
  verifying: (count: number) =>
    count === 1
      ? say`Getting role credentials and asking AWS whose they are`
      : say`Checking ${count} profiles`,
  receipt: {
    heading: say`Done: AWS SSO is set up and verified`,
    practiceHeading: say`Practice done: so AWS SSO is set up and verified`,
    practice: say`Nothing of yours was changed.`,
    forReal: {label: say`That was practice. For real:`, line: say`${program()} sso`},
    lacking: say`This role lacks rights that a deploy needs; which they are stands below.`,
    unchecked: say`It is written, but not every profile could be verified`,
    file: say`Saved in`,
    session: say`Session`,
    signedIn: (session: string, until: SafeText, isPractice: boolean) =>
      say`${session}, signed in, ${until}${isPractice ? '' : '; kept in ~/.aws/sso/cache'}`,
    profiles: say`Profiles`,
    next: say`Next, in the folder of your service:`,
    forTerminal: say`For everything else in this terminal:`,
    noProfiles: say`To set up a profile:`,
    again: say`When the session has ended:`,
    done: {label: say`Finish`},
    deploy: {label: say`Deploy now`, hint: say`Runs serverless deploy in this folder.`},
  },
  keeping: say`Keeping the sign-in for all AWS tools`,
  logout: {
    message: say`Sign out of which sessions?`,
    hint: say`Their tokens are deleted here and ended at AWS. Profiles stay.`,
    working: say`Signing out`,
    nobody: say`No session is signed in here.`,
  },
  status: {
    none: say`No AWS SSO session is set up on this machine.`,
    login: say`To sign in:`,
  },
  noSession: (name: string | undefined): Problem => ({
    code: 'SSO_SESSION_NOT_FOUND',
    what:
      name === undefined
        ? say`No AWS SSO session is set up on this machine.`
        : say`There is no AWS SSO session called ${name} on this machine.`,
    why: say`Sessions stand in the config file, as sections [sso-session NAME].`,
    nextSteps: [say`Set one up: \`${program()} sso\``, say`See which there are: \`${program()} sso status\``],
  }),
  declined: say`Nothing was written.`,
} as const

function safeCount(count: number): SafeText {
  return count === 1 ? say`1 profile or role` : say`${count} profiles or roles`
}
