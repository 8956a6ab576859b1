import {say, type SafeText} from '../../src/text/safe-text.js'

/** Every word of the first screens, in one place. */
export const words = {
  looking: say`Looking for AWS credentials on this machine`,
  checking: (source: SafeText) => say`Asking AWS whose credentials these are: ${source}`,
  practice: say`Practice: nothing real is touched.`,
  none: {
    heading: say`No AWS credentials were found on this machine.`,
    unused: say`None of the AWS credentials on this machine is used here.`,
    lines: [
      say`Serverless Framework needs them to deploy to your AWS account. Choose how to set them up; nothing is written before you agree.`,
    ],
  },
  found: {
    works: say`AWS credentials are set up and work.`,
    fails: say`AWS credentials were found, but they do not work.`,
    failsThere: say`AWS credentials were found, but they do not work in the region of a deploy.`,
    unknown: say`AWS credentials were found. Whether they work was not checked.`,
    serviceStops: say`A deploy of the service here would stop.`,
    uncheckable: say`AWS credentials were found. Whether they work could not be checked.`,
    notInForce: say`Profiles were found, but none of them is used now.`,
    choose: say`To use one of them in this terminal:`,
    inForce: say`Used now`,
    account: say`Account`,
    arn: say`Signs in as`,
    profiles: say`Profiles`,
  },
  message: say`What would you like to do?`,
  continue: {label: say`Continue with these credentials`, hint: say`Nothing is changed.`},
  add: {label: say`Set up other credentials`, hint: say`In a profile of their own, or in place of these.`},
  login: (session: string) => ({label: say`Sign in again to the AWS SSO session ${session}`}),
  setUp: (profile: string) => ({
    label: say`Set up the profile ${profile}`,
    hint: say`The file of the service here names it, and it is not on this machine.`,
  }),
  repair: {label: say`Repair or replace the key of a profile`},
  leave: {label: say`Leave`},
  repairWhich: say`Which profile?`,
  method: {
    message: say`AWS Credentials Set-Up Method:`,
    role: {
      label: say`Create AWS IAM Role (Easy & Recommended)`,
      hint: say`Through the Serverless Dashboard: no key is kept on this machine.`,
    },
    local: {
      label: say`Save AWS Credentials in a Local Profile`,
      hint: say`For one person on one machine. You make an access key and keep it here.`,
    },
    skip: {
      label: say`Skip & Set Later (AWS SSO, ENV Vars)`,
      hint: say`Without a key that lasts: sign in with AWS SSO, or see the other ways.`,
    },
  },
  continued: {
    line: (source: SafeText) => say`Going on with what is used now: ${source}.`,
    next: say`Next, in the folder of your service:`,
    forTerminal: say`For everything else in this terminal:`,
  },
  savedBefore: (profile: string) => say`The profile ${profile} is saved all the same`,
  goingOn: say`Working out what to run next`,
  unreadable: say`The AWS files could not be read`,
} as const
