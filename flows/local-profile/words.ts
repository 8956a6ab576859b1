import {program} from '../../src/text/program-name.js'
import {say, type SafeText} from '../../src/text/safe-text.js'

/** Every word of this path, in one place. */
export const words = {
  hasAccount: {
    message: say`Do you have an AWS account?`,
    panel: [
      say`An AWS account is where your service will run. It is free to open; AWS asks for a credit card.`,
    ],
    yes: say`Yes, I have one`,
    no: say`No, open the sign-up page`,
  },
  openingSignUp: say`Opening the sign-up page`,
  signUp: {
    heading: say`Open an AWS account`,
    lines: [say`Sign-up takes about five minutes. This wizard waits here for you.`],
    proceed: say`I have an account now`,
    url: 'https://portal.aws.amazon.com/billing/signup',
    practice: [say`For real, the sign-up page of AWS opens here. In practice the account is there already.`],
  },
  method: {
    message: say`How do you want to get an access key?`,
    panel: [
      say`An access key is a pair: an ID and a secret. Serverless Framework signs with it when it deploys to your account.`,
    ],
    choices: {
      sameUser: {
        label: say`Make a new key for the same user, step by step`,
        hint: say`The user keeps what it may do; only the key changes.`,
      },
      newUser: {
        label: say`Make a new user with a key, step by step`,
        hint: say`Where the old user is gone, or was the root user.`,
      },
      console: {
        label: say`Make one in the AWS console, step by step`,
        hint: say`Best the first time. About three minutes, in your browser.`,
      },
      cloudshell: {
        label: say`Make one with one command in AWS CloudShell`,
        hint: say`Fastest. Copy a command, paste its output back here.`,
      },
      have: {
        label: say`I already have an access key`,
        hint: say`Type it, or paste a CSV, a JSON or a block of settings.`,
      },
    },
  },
  policy: {
    message: say`What may this access key do in your account?`,
    choices: {
      administrator: {
        label: say`Everything (AdministratorAccess)`,
        hint: say`Everything works at once; whoever gets the key owns the account.`,
      },
      deployment: {
        label: say`A narrower policy for Serverless deployments`,
        hint: say`Guards against mistakes. It may make roles, as deploys do, so who gets the key could still make itself administrator.`,
      },
    },
  },
  console: {
    heading: (page: number, pages: number) =>
      pages === 1 ? say`In the AWS console` : say`In the AWS console, step ${page} of ${pages}`,
    sameUser: [
      say`Sign in to the AWS account of this key, and open the page below.`,
      say`Click the user of the old key, then the tab "Security credentials".`,
      say`Under "Access keys" click "Create access key". It is grey where there are two keys: delete the one you do not use first.`,
      say`Choose "Local code", tick the confirmation at the bottom, click "Next", then "Create access key".`,
      say`Leave that page open: AWS shows the secret this one time. Delete the old key only when the new one works.`,
    ],
    user: [
      say`Sign in to the AWS account you want to deploy to, and open the page below.`,
      say`Click "Create user". As user name type serverless-framework.`,
      say`Leave "Provide user access to the AWS Management Console" unticked. Click "Next".`,
    ],
    administrator: [
      say`Choose "Attach policies directly".`,
      say`Search for AdministratorAccess and tick the box beside it.`,
      say`Click "Next", then "Create user".`,
    ],
    deployment: [
      say`Choose "Attach policies directly", then "Create policy". A new tab opens.`,
      say`There choose "JSON", replace what stands in it with the policy below, and click "Next".`,
      say`As name type ServerlessDeployment. Click "Create policy" and go back to the first tab.`,
      say`Click the refresh button, search for ServerlessDeployment and tick it. Click "Next", then "Create user".`,
    ],
    key: [
      say`Click the user you made, then the tab "Security credentials".`,
      say`Under "Access keys" click "Create access key".`,
      say`Choose "Local code", tick the confirmation at the bottom, click "Next", then "Create access key".`,
      say`Leave that page open: AWS shows the secret this one time. "Download .csv file" works here too.`,
    ],
    proceed: say`done, next step`,
    proceedToKey: say`I see the key`,
    policyLabel: say`The policy, in full:`,
  },
  cloudshell: {
    heading: say`One command in AWS CloudShell`,
    steps: [
      say`Open CloudShell (the page below) in the account you want to deploy to, and wait for its prompt.`,
      say`Copy the command below, paste it there and press Enter.`,
      say`Copy all that it prints and come back here. It holds the secret: paste it nowhere else.`,
    ],
    what: (policy: SafeText) =>
      say`It makes the IAM user serverless-framework, attaches ${policy}, and creates an access key.`,
    commandLabel: say`Copy from here:`,
    proceed: say`I have the output`,
    url: 'https://console.aws.amazon.com/cloudshell/home',
  },
  openPage: say`open the page`,
  copy: {
    offer: say`copy`,
    done: say`Sent to the clipboard through your terminal; if pasting gives nothing, press p.`,
  },
  print: {
    offer: say`print it whole`,
    done: say`Printed above: scroll your terminal up.`,
  },
  pageOpened: say`Opened in your browser.`,
  /** The page stands on the screen. */
  pageNotOpened: (reason: SafeText) => say`${reason} Open this page yourself.`,
  typePracticeKey: say`type a practice key for me`,
  practiceHint: say`This is practice: press Ctrl+T and a key is typed for you.`,
  key: {
    message: say`Enter AWS Access Key ID:`,
    hint: say`Or paste a CSV, JSON, export lines, a profile block, or the path of a file. Secrets stay hidden.`,
    hintCloudshell: say`Paste the whole output of the command. The secret in it stays hidden.`,
    secretRead: say`That is a secret access key; it is kept, hidden. Now enter the ID that belongs to it.`,
    read: say`•••••••• (read, hidden)`,
    hidden: (lines: number) =>
      lines === 1 ? say`•••••••• (pasted, hidden)` : say`•••••••• (${lines} lines pasted, hidden)`,
  },
  readingKeyFile: say`Reading the file`,
  secret: {
    of: (keyId: SafeText) => say`Secret for ${keyId}`,
    message: say`Enter AWS Secret Access Key:`,
    hint: say`It is not shown while you type or paste.`,
  },
  token: {
    of: (keyId: SafeText) => say`Session token for ${keyId}`,
    message: say`Enter AWS Session Token:`,
    hint: say`A key ID that begins with ASIA is temporary and needs its session token too.`,
  },
  candidate: {message: say`More than one access key was pasted. Which one do you want?`},
  understood: {
    heading: say`Understood:`,
    unquoted: say`the quotes round it were taken off, they do not belong to the key.`,
  },
  checkingFiles: say`Checking that your AWS files can be written`,
  readingProfiles: say`Reading your AWS files`,
  profile: {
    message: say`Profile name:`,
    hint: say`Press Enter for default: it is used where no other profile is named.`,
    serviceHint: say`The service here names it: a deploy takes it by itself.`,
    ownHint: say`When you deploy, the profile is named: you are told how.`,
    taken: (name: string) =>
      say`There is a profile ${name}: you are asked before anything in it is replaced.`,
    kept: (name: string) => say`Under a name of its own: profile ${name} stays as it is.`,
    explain: say`A profile is a named set of credentials on this computer.`,
    known: say`Profiles on this machine:`,
  },
  askingWhose: (profile: string) => say`Asking AWS whose key is in profile ${profile} now`,
  replace: {
    message: (profile: string) => say`Replace the access key of profile ${profile}?`,
    messageOther: (profile: string, kind: SafeText) =>
      say`Profile ${profile} signs in with ${kind} now. Put this access key in its place?`,
    messageHalf: (profile: string) =>
      say`Profile ${profile} holds half a key pair now. Put this access key in its place?`,
    now: say`There now`,
    whose: say`Belongs to`,
    whoseUnknown: {
      INVALID_CLIENT_TOKEN: say`nobody AWS knows`,
      SIGNATURE_MISMATCH: say`nobody: its secret is not the right one`,
      EXPIRED_TOKEN: say`nobody any more: it has expired`,
    } as Readonly<Record<string, SafeText>>,
    whoseUnread: (what: SafeText) => say`not known: ${what}`,
    next: say`Will be`,
    yes: say`Yes, replace it`,
    no: say`No, choose another name`,
    otherSecret: (profile: string) =>
      say`Profile ${profile} has this key ID with another secret. Put this one in its place?`,
    same: {
      message: (profile: string) =>
        say`This is the key that profile ${profile} has, secret and all. Go on with it?`,
      yes: say`Yes, with this key`,
      no: say`No, enter another key`,
    },
  },
  region: {
    message: say`Region to deploy to by default:`,
    hint: say`Where your service runs; take one near your users. Type to search: a city, a country or a code.`,
    refused: (region: string) =>
      say`The key does not work in ${region}. Choose one that is switched on for its account.`,
    keep: (region: string) => say`The profile has ${region} now; choosing another one changes it.`,
    odd: (region: string) =>
      say`The profile has ${region} now, which is no region of AWS. Choose the one to write in its place.`,
    problem: {
      what: say`AWS has no region of this name.`,
      why: say`A key works in every region of its account, but a deploy has to be told which one.`,
      next: [say`Name one, for example: \`${program()} --path local --region eu-west-1\``],
    },
  },
  verifying: say`Asking AWS (STS GetCallerIdentity) whose key this is`,
  checkingRegion: (region: string) => say`Asking AWS whether the account may use ${region}`,
  verified: {heading: say`The key works`, proceed: say`choose where it is saved`},
  refused: {
    message: say`What now?`,
    retry: {label: say`Try again`, hint: say`With the same key.`},
    again: {label: say`Enter the key again`},
    secret: {label: say`Enter the secret again`, hint: say`The ID stays as it is.`},
    anyway: {label: say`Go on anyway`, hint: say`It is tried again when there is something to write.`},
    region: {label: say`Choose another region`},
    place: {label: say`Change the profile or region`},
    leave: {label: say`Leave; nothing was written`},
  },
  root: {
    message: say`This is the key of the root user. What now?`,
    why: [
      say`The root user can do everything, close the account included, and no policy can limit it. AWS advises to have no root access key at all.`,
      say`Better: make an IAM user for deployments, and delete the root key under "Security credentials".`,
    ],
    other: {
      label: say`Use the key of an IAM user instead`,
      hint: say`Recommended. Goes back to the ways to get a key.`,
    },
    anyway: {label: say`Use the root key anyway`, hint: say`You will be asked to type the account number.`},
    leave: {label: say`Leave; nothing was written`},
    account: say`Type the account number to confirm the root key:`,
    accountHint: (accountId: string) => say`The root key of account ${accountId}.`,
    mismatch: say`This is not the account number of this key.`,
    problem: {
      what: say`This access key belongs to the root user of the account.`,
      why: say`The root user can do everything, and no policy can limit it. Without a person to confirm it, a root key is refused.`,
      next: [
        say`Make an IAM user with an access key: https://console.aws.amazon.com/iam/home?#/users`,
        say`Then run \`${program()} --path local\` again with that key.`,
      ],
    },
  },
  plan: {
    change: {label: say`No, change the profile or region`},
    dryRun: say`Dry run: nothing is written.`,
  },
  nothingToDo: {
    lines: [say`The files already hold exactly this key and region. Nothing has to be written.`],
    proceed: say`finish`,
  },
  checking: say`Reading back from disk and asking AWS once more`,
  unchecked: {
    heading: say`It is written, but AWS could not be asked again`,
    refused: say`It is written, but the profile does not work as it stands`,
    next: say`See what is in the way:`,
  },
  receipt: {
    heading: say`Done: your credentials are saved and verified`,
    unchanged: say`Nothing had to be written: these credentials are there already, and verified`,
    onlyService: say`Done: the file of the service is written; the credentials were there already, and are verified`,
    practiceHeading: say`Practice done: so your credentials are saved and verified`,
    practice: say`Nothing of yours was changed.`,
    forReal: {label: say`That was practice. For real:`, line: say`${program()}`},
    profile: say`Profile`,
    file: say`Saved in`,
    replaced: say`In place of`,
    lacking: say`This key lacks rights that a deploy needs; which they are stands below.`,
    account: say`Account`,
    arn: say`Signs in as`,
    region: say`Region`,
    forTerminal: say`For everything else in this terminal:`,
    next: say`Next, in the folder of your service:`,
    oldKey: say`Delete the old key now: in the console, under "Security credentials" of its user.`,
    service: {
      label: say`Use this profile in the service here`,
    },
    message: say`What now?`,
    done: {label: say`Finish`},
    deploy: {label: say`Deploy now`, hint: say`Runs serverless deploy in this folder.`},
    undo: {label: say`Undo what was written`},
  },
  undoneAlready: say`There is nothing to take back any more: what this run wrote is gone from the files already.`,
  declined: say`Nothing was written.`,
} as const
