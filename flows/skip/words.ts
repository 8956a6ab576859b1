import {say, type SafeText} from '../../src/text/safe-text.js'
import type {Way} from './ways.js'

/** Every word of this path, in one place. */
export const words = {
  looking: say`Looking at what Serverless Framework would use now`,
  message: say`What would you like to do?`,
  now: say`What is here now`,
  sso: {label: say`Set up AWS SSO now`, hint: say`Sign in with your company's page; no long-lived key.`},
  login: (session: string) => ({
    label: say`Sign in again to AWS SSO session ${session}`,
    hint: say`It has ended, and profiles here need it.`,
  }),
  ways: {
    env: {label: say`Read how: environment variables`},
    'sso-by-hand': {label: say`Read how: AWS SSO`},
    file: {label: say`Read how: the shared credentials file`},
    ec2: {label: say`Read how: IAM role for EC2`},
    profiles: {label: say`Read how: profiles with AWS_PROFILE`},
  } satisfies Record<Way, {readonly label: SafeText}>,
  recheck: {
    label: say`I have set something up: look again`,
    hint: say`Files are read anew. Variables set in another terminal are seen only by what is started there.`,
  },
  doctor: {label: say`See everything that was found`},
  leave: {label: say`Leave, and set it up later`},
  back: say`back to the list`,
  failed: say`It could not be looked at`,
  end: {
    usable: say`Credentials are there. Nothing was written.`,
    nothing: say`No credentials are set up yet. Nothing was written.`,
    comeBack: say`To come back:`,
    check: say`To see at any time what would be used, and why:`,
    deploy: say`Next, in the folder of your service:`,
  },
} as const
