import {program} from '../safety/program-name.js'

/** What `--help` prints. */
export const help = () => `serverless-setup: working, verified AWS credentials before your first
"serverless deploy"

Usage
  ${program()} [options]
      the wizard
  ${program()} doctor [--verify] [--fix]
      which credentials win here, which lose, why, and the fix
  ${program()} resolvers [check|explain|edit]
      which credentials each stage of a service deploys with, and why
  ${program()} sso [setup]
      AWS SSO (IAM Identity Center): sign in, choose roles, write profiles
  ${program()} sso login|logout|status|sync
      the same on later days; sync compares profiles with your access
  ${program()} import FILE|- [options]
      a key from a CSV, JSON, INI or export file
  ${program()} undo [options]
      takes back what the last command wrote, and again the one before;
      with --list tells what can be, with --forget deletes what is kept
  ${program()} demo [local|sso|role]
      the wizard on a built-in practice AWS, in a temporary home

Options
  --path role|local|skip|sso
                       goes straight to "Create AWS IAM Role", "Save AWS
                       Credentials in a Local Profile", "Skip & Set Later
                       (AWS SSO, ENV Vars)" or the set-up of AWS SSO
  --profile NAME       the profile to write (default: default)
  --region REGION      its region, such as eu-west-1
  --keys-from FILE|-   reads the access key from a file or standard input
  --yes                answers every confirmation with yes
  --dry-run            shows what would be written, writes nothing
  --stage NAME         resolvers, doctor: this stage only
  --verify             doctor: asks AWS whose every profile is; resolvers:
                       whether the profiles of the service work
  --fix                doctor: mends what can be mended safely, each change
                       shown first
  --start-url URL, --sso-region REGION, --session NAME
                       sso: where to sign in, and the name of that session
  --account ID, --role NAME, --template TEXT
                       sso: which access becomes profiles;
                       {account}-{role} names several
  --org NAME, --app NAME, --provider ALIAS
                       --path role: of the Serverless Dashboard
  --template-name NAME, --service-name NAME
                       --path role: the new service, where there is none
  --browser, --device-code
                       sso: how to sign in; without, what fits this machine
  --json               one JSON object a line, in and out
  --plain              simple prompts, without redrawing
  --no-browser         never opens a browser
  --service DIR        the folder of the service (default: this folder)
  --debug              on an unexpected error, tells where it happened,
                       without secrets
  --help, --version

A secret is never an option: every program on the machine can see options.

Exit codes: 0 done, 1 failed, 2 a question has no answer or bad usage,
130 left.
`
