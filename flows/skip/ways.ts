/** The ways to give credentials without this wizard, each as one short panel with the exact commands. */
import type {Panel} from '../../src/engine/types.js'
import {program} from '../../src/text/program-name.js'
import {say, type SafeText} from '../../src/text/safe-text.js'
import {setVariable, type Shell} from '../../src/text/shell.js'
import {deployWith} from '../../src/text/deploy-line.js'
import type {Here} from './ports.js'

export const WAYS = ['env', 'sso-by-hand', 'file', 'ec2', 'profiles'] as const
export type Way = (typeof WAYS)[number]

export function wayPanels(way: Way, {shell, file, keepPrivate}: Here): readonly Panel[] {
  switch (way) {
    case 'env':
      return environment(shell)
    case 'sso-by-hand':
      return ssoByHand()
    case 'file':
      return sharedFile(file, keepPrivate)
    case 'ec2':
      return ec2(shell)
    case 'profiles':
      return profiles(shell)
  }
}

const SHELLS: Readonly<Record<Shell, SafeText>> = {
  posix: say`bash, zsh:`,
  fish: say`fish:`,
  powershell: say`PowerShell:`,
  cmd: say`cmd (Windows):`,
}

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const

/** Reads a secret without an echo where the shell can, so that it stands in no history. */
const SET_KEYS: Readonly<Record<Shell, readonly SafeText[]>> = {
  posix: [
    say`export AWS_ACCESS_KEY_ID=AKIA...`,
    say`export AWS_REGION=us-east-1`,
    say`export AWS_SECRET_ACCESS_KEY`,
    // Last: pasted whole, the line after it would be read as the secret.
    say`printf 'Secret: '; read -rs AWS_SECRET_ACCESS_KEY`,
  ],
  fish: [
    say`set -gx AWS_ACCESS_KEY_ID AKIA...`,
    say`set -gx AWS_REGION us-east-1`,
    say`read -sgx -P 'Secret: ' AWS_SECRET_ACCESS_KEY`,
  ],
  powershell: [
    say`$env:AWS_ACCESS_KEY_ID = 'AKIA...'`,
    say`$env:AWS_REGION = 'us-east-1'`,
    say`$env:AWS_SECRET_ACCESS_KEY = Read-Host 'Secret'`,
  ],
  cmd: [
    say`set AWS_ACCESS_KEY_ID=AKIA...`,
    say`set AWS_REGION=us-east-1`,
    say`set /p AWS_SECRET_ACCESS_KEY=Secret: `,
  ],
}

/** The person's own shell first. */
function shellsFrom(first: Shell): readonly Shell[] {
  const all: readonly Shell[] = ['posix', 'fish', 'powershell', 'cmd']
  return [first, ...all.filter((shell) => shell !== first)]
}

function environment(shell: Shell): Panel[] {
  return [
    {kind: 'heading', text: say`Environment variables`},
    {
      kind: 'prose',
      lines: [
        say`They hold for one terminal and what is started from it. Keys that begin with ASIA need AWS_SESSION_TOKEN as well, set like the secret.`,
      ],
    },
    ...shellsFrom(shell).map((each): Panel => ({kind: 'code', label: SHELLS[each], lines: SET_KEYS[each]})),
    {
      kind: 'prose',
      tone: 'warning',
      lines: [
        say`AWS_PROFILE must not be set beside them: Serverless Framework then skips ${KEYS.join(' and ')}.`,
      ],
    },
  ]
}

function ssoByHand(): Panel[] {
  return [
    {kind: 'heading', text: say`AWS SSO (IAM Identity Center)`},
    {
      kind: 'prose',
      lines: [say`You sign in with your company's page and get keys that end by themselves. Best for teams.`],
    },
    {kind: 'code', label: say`Here, step by step:`, lines: [say`${program()} sso`]},
    {
      kind: 'code',
      label: say`Or with the AWS CLI, version 2:`,
      lines: [say`aws configure sso --profile my-sso`, say`aws sso login --profile my-sso`],
    },
    {
      kind: 'code',
      label: say`Then, to deploy with it:`,
      lines: [deployWith('my-sso')],
    },
  ]
}

function sharedFile(file: SafeText, keepPrivate: SafeText): Panel[] {
  return [
    {kind: 'heading', text: say`The shared credentials file`},
    {
      kind: 'prose',
      lines: [say`A text file that all AWS tools read: ${file}. Only you should be able to read it.`],
    },
    {
      kind: 'code',
      label: say`What stands in it:`,
      lines: [say`[default]`, say`aws_access_key_id = AKIA...`, say`aws_secret_access_key = ...`],
    },
    {
      kind: 'code',
      label: say`Written and checked for you:`,
      lines: [say`${program()} --path local`],
    },
    {kind: 'code', label: say`Or by the AWS CLI:`, lines: [say`aws configure`]},
    {kind: 'code', label: say`To keep it private:`, lines: [keepPrivate]},
  ]
}

/** Ends a line of a command that goes on in the next one. */
const GOES_ON: Readonly<Record<Shell, string>> = {posix: '\\', fish: '\\', powershell: '`', cmd: '^'}

function ec2(shell: Shell): Panel[] {
  return [
    {kind: 'heading', text: say`IAM role of an EC2 instance, a container or a build`},
    {
      kind: 'prose',
      lines: [
        say`A machine at AWS can have a role of its own. Serverless Framework finds it when nothing else is set; no key stands on the machine.`,
      ],
    },
    {
      kind: 'steps',
      items: [
        say`In the IAM console, create a role for EC2 with the rights to deploy.`,
        say`Give the instance that role:`,
      ],
    },
    {
      kind: 'code',
      lines: [
        say`aws ec2 associate-iam-instance-profile ${GOES_ON[shell]}`,
        say`  --instance-id i-... ${GOES_ON[shell]}`,
        say`  --iam-instance-profile Name=...`,
      ],
    },
    {
      kind: 'code',
      label: say`On the instance, to see whether it is found:`,
      lines: [say`${program()} doctor --verify`],
    },
    {
      kind: 'prose',
      tone: 'dim',
      lines: [say`ECS tasks, EKS pods and CodeBuild have roles of their own in the same way.`],
    },
  ]
}

function profiles(shell: Shell): Panel[] {
  return [
    {kind: 'heading', text: say`Several profiles, one of them chosen by AWS_PROFILE`},
    {
      kind: 'prose',
      lines: [
        say`Each profile stands for an account or a role. Without AWS_PROFILE the profile "default" is used.`,
      ],
    },
    {kind: 'code', label: say`For one deploy:`, lines: [deployWith('dev')]},
    ...shellsFrom(shell).map((each): Panel => ({
      kind: 'code',
      label: say`For this terminal, ${SHELLS[each]}`,
      lines: [setVariable('AWS_PROFILE', 'dev', each)],
    })),
    {kind: 'code', label: say`What would be used, and why:`, lines: [say`${program()} doctor`]},
  ]
}
