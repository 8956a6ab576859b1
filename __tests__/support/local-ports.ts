import type {ProblemCode} from '../../src/domain/problem-codes.js'
import type {PlannedChange} from '../../flows/change/ports.js'
import type {KnownProfile, Verified} from '../../flows/local-profile/ports.js'
import type {WelcomePorts} from '../../flows/welcome/ports.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import {goodDashboardPorts} from './dashboard-ports.js'
import {goodResolversPorts} from './resolvers-ports.js'
import {goodSkipPorts} from './sso-ports.js'

export const KEY_ID = 'AKIAQ7WERTYUIOPLKJH2'
export const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
export const CSV = `Access key ID,Secret access key\n${KEY_ID},${SECRET}\n`
/** Two profiles in one paste: the person has to choose. */
export const TWO_KEYS = `[one]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET}\n[two]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH3\naws_secret_access_key = ${SECRET}\n`

export const known: readonly KnownProfile[] = [
  {
    name: 'default',
    kind: say`access key`,
    hasKey: true,
    maskedKeyId: say`AKIA************DKEY`,
    region: 'eu-west-1',
    where: say`~/.aws/credentials:1`,
  },
  {name: 'corp', kind: say`AWS SSO`, hasKey: false, where: say`~/.aws/config:4`},
]

export const verified: Verified = {
  accountId: '210987654321',
  arn: 'arn:aws:iam::210987654321:user/serverless-framework',
  isRoot: false,
  alias: 'acme',
  findings: [{mark: 'good', label: say`Account`, value: say`210987654321 (acme)`}],
}

export const planned: PlannedChange = {
  files: [
    {
      shownPath: say`~/.aws/credentials`,
      exists: true,
      diff: [
        {sign: ' ', text: say`[default]`},
        {sign: '-', text: say`aws_access_key_id = AKIA************DKEY`},
        {sign: '+', text: say`aws_access_key_id = AKIA************KJH2`},
      ],
    },
    {shownPath: say`~/.aws/config`, exists: false, diff: [{sign: '+', text: say`[default]`}]},
  ],
  nothingToDo: false,
  warnings: [],
}

export const problem = (code: string): Problem => ({
  code: code as ProblemCode,
  what: say`What happened.`,
  why: say`Why it happened.`,
  nextSteps: [say`Run \`this command\`.`],
})

const fail = (code: string) => async () => Promise.reject(new Failure(problem(code)))

/** A world where everything works; `changes` are the ways in which a test's world differs. */
export function goodPorts(changes: Partial<WelcomePorts> = {}): WelcomePorts {
  return {
    ...goodSkipPorts(),
    ...goodDashboardPorts(),
    ...goodResolversPorts(),
    checkFiles: async () => undefined,
    readKeyFile: async () => CSV,
    knownProfiles: async () => known,
    whose: async () => say`account 111122223333`,
    verify: async () => verified,
    checkRegion: async () => undefined,
    plan: async () => planned,
    write: async () => [],
    verifyWritten: async () => verified,
    nextStep: async () => ({
      notes: [],
      remarks: [],
      lines: [say`serverless deploy`],
      args: ['deploy'],
    }),
    planUndo: async () => ({...planned, touched: [], canReplace: true}),
    survey: async () => ({profiles: [], canDeploy: true, network: []}),
    identify: async () => ({accountId: '210987654321', arn: verified.arn, alias: 'acme'}),
    ...changes,
  }
}

/** Every kind of trouble, one world each. */
export const worlds: Readonly<Record<string, WelcomePorts>> = {
  good: goodPorts(),
  'has credentials': goodPorts({
    survey: async () => ({
      profiles: known,
      canDeploy: false,
      hasService: true,
      network: [say`AWS_ENDPOINT_URL is in force`],
      inForce: {source: say`profile default`, canCheck: true},
    }),
    openPage: async () => ({opened: false, reason: say`no display`}),
    plan: async () => ({files: [], nothingToDo: true, warnings: []}),
  }),
  'root key': goodPorts({
    verify: async () => ({...verified, isRoot: true}),
    survey: async () => ({profiles: known, canDeploy: false, network: []}),
  }),
  'all calls fail': goodPorts({
    openPage: fail('NO_BROWSER'),
    checkFiles: fail('FILE_UNREADABLE'),
    readKeyFile: fail('KEYS_FILE_UNREADABLE'),
    knownProfiles: fail('FILE_UNREADABLE'),
    whose: fail('TIMED_OUT'),
    verify: fail('INVALID_CLIENT_TOKEN'),
    plan: fail('FILE_NOT_UNDERSTOOD'),
    write: fail('DISK_FULL'),
    verifyWritten: fail('TIMED_OUT'),
    planUndo: fail('DISK_FULL'),
    survey: fail('FILE_UNREADABLE'),
    identify: fail('EXPIRED_TOKEN'),
  }),
  'half a key pair': goodPorts({
    survey: async () => ({
      profiles: known.map((each) => ({...each, hasKey: false, isHalf: true})),
      canDeploy: false,
      network: [],
      inForce: {
        source: say`profile default, half a key pair`,
        profile: 'default',
        canCheck: false,
        problem: problem('HALF_KEY_PAIR'),
      },
    }),
    knownProfiles: async () => known.map((each) => ({...each, hasKey: false, isHalf: true})),
  }),
  'settings only': goodPorts({
    knownProfiles: async () => known.map((each) => ({...each, hasKey: false, isEmpty: true})),
  }),
  'mounted file': goodPorts({
    checkFiles: async () => problem('PERMISSION_DENIED'),
    write: fail('FILE_IS_MOUNTED'),
    survey: async () => ({profiles: known, canDeploy: false, network: []}),
  }),
  'file changed': goodPorts({
    write: fail('FILE_CHANGED'),
    verify: fail('WRONG_PARTITION'),
    survey: async () => ({
      profiles: known,
      canDeploy: false,
      network: [],
      problem: problem('FILE_NOT_UNDERSTOOD'),
      inForce: {source: say`profile corp (AWS SSO)`, canCheck: false},
    }),
  }),
}
