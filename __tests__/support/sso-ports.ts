import type {ProblemCode} from '../../src/domain/problem-codes.js'
import type {Checkup, DoctorPorts} from '../../flows/doctor/ports.js'
import type {Here, SkipPorts} from '../../flows/skip/ports.js'
import type {KnownSession, SsoPorts, SsoSurvey} from '../../flows/sso/ports.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {say} from '../../src/text/safe-text.js'
import type {Shell} from '../../src/text/shell.js'
import {parseRegion} from '../../src/domain/validators.js'
import type {PlannedChange} from '../../flows/change/ports.js'

const problem = (code: string): Problem => ({
  code: code as ProblemCode,
  what: say`What happened.`,
  why: say`Why it happened.`,
  nextSteps: [say`Run \`this command\`.`],
})
const fail = (code: string) => async () => Promise.reject(new Failure(problem(code)))

export const ssoPlanned: PlannedChange = {
  files: [
    {
      shownPath: say`~/.aws/config`,
      exists: true,
      diff: [{sign: '+', text: say`[sso-session acme]`}],
    },
  ],
  nothingToDo: false,
  warnings: [],
}
const nothing: PlannedChange = {files: [], nothingToDo: true, warnings: []}

const knownSession: KnownSession = {
  session: {
    name: 'corp',
    startUrl: 'https://corp.awsapps.com/start',
    region: parseRegion('eu-west-1')!,
    scopes: ['sso:account:access'],
  },
  where: say`~/.aws/config:1`,
  profiles: [{name: 'dev', accountId: '111122223333', roleName: 'Admin'}],
  token: 'valid',
  tokenWords: say`signed in, valid for 7 h`,
}

const emptySurvey: SsoSurvey = {
  sessions: [],
  takenNames: ['default'],
  way: 'browser',
  wayWhy: say`A browser can be opened here.`,
  canDeploy: true,
}
const access = [
  {accountId: '111122223333', accountName: 'Dev', roleName: 'Admin'},
  {accountId: '111122223333', accountName: 'Dev', roleName: 'ReadOnly'},
  {accountId: '444455556666', roleName: 'Admin'},
] as const
const comparison = {
  unchanged: [],
  changed: [{name: 'legacy', accountId: '444455556666', roleName: 'Admin'}],
  added: [...access],
  vanished: [{name: 'old', accountId: '777788889999', roleName: 'Admin'}],
}

export const checkup: Checkup = {
  isUsable: true,
  summary: [{kind: 'prose', lines: [say`Serverless Framework would use AKIA************KJH2.`]}],
  report: [{kind: 'prose', lines: [say`The whole report.`]}],
  mends: [
    {id: '0', label: say`Others can read the file`, where: say`~/.aws/credentials`, mend: {}},
    {id: '1', label: say`A token is left`, mend: {}},
  ],
  endedSessions: ['corp'],
  wasVerified: false,
  data: () => ({isUsable: true}),
}

export function goodSsoPorts(changes: Partial<SsoPorts> = {}): SsoPorts {
  return {
    openPage: async () => ({opened: true}),
    ssoSurvey: async () => emptySurvey,
    beginSignIn: async ({way}) => ({
      kind: 'waiting',
      way,
      page: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
      ...(way === 'device'
        ? {code: 'ABCD-EFGH', shortPage: 'https://device.sso.eu-west-1.amazonaws.com/'}
        : {}),
      opened: say`The page was opened in your browser.`,
      lasts: say`10 min`,
    }),
    awaitSignIn: async () => ({until: say`valid for 8 h`}),
    listAccess: async () => ({found: access, comparison}),
    planSso: async () => ssoPlanned,
    writeSso: async () => [],
    keepToken: async () => say`~/.aws/sso/cache/ab.json`,
    nextStep: async () => ({
      notes: [],
      remarks: [],
      lines: [say`serverless deploy`],
      args: ['deploy'],
    }),
    verifySso: async (profiles) =>
      profiles.map((profile) => ({
        profile,
        accountId: '111122223333',
        arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1/ada',
      })),
    signOut: async () => [say`Signed out of corp`],
    ...changes,
  }
}

export function goodDoctorPorts(changes: Partial<DoctorPorts> = {}): DoctorPorts {
  return {
    diagnose: async ({verify}) => ({...checkup, wasVerified: verify}),
    planMend: async () => ssoPlanned,
    writeMend: async () => [],
    ...changes,
  }
}

export function hereIn(shell: Shell): Here {
  return {shell, file: say`~/.aws/credentials`, keepPrivate: say`chmod 600 ~/.aws/credentials`}
}

export function goodSkipPorts(changes: Partial<SkipPorts> = {}): SkipPorts {
  return {...goodSsoPorts(), ...goodDoctorPorts(), here: async () => hereIn('posix'), ...changes}
}

/** Every kind of trouble, one world each. */
export const skipWorlds: Readonly<Record<string, SkipPorts>> = {
  good: goodSkipPorts(),
  'a session is here': goodSkipPorts({
    ssoSurvey: async () => ({...emptySurvey, sessions: [knownSession], way: 'device'}),
    beginSignIn: async () => ({kind: 'signed-in', until: say`valid for 7 h`}),
    listAccess: async () => ({
      found: access.slice(0, 1),
      comparison: {unchanged: knownSession.profiles, added: [], changed: [], vanished: []},
    }),
    planSso: async () => nothing,
    planMend: async () => nothing,
    diagnose: async ({verify}) => ({
      ...checkup,
      isUsable: false,
      mends: [],
      endedSessions: [],
      wasVerified: verify,
    }),
    here: async () => hereIn('fish'),
  }),
  'all calls fail': goodSkipPorts({
    openPage: fail('NO_BROWSER'),
    ssoSurvey: fail('FILE_UNREADABLE'),
    beginSignIn: fail('NETWORK_UNREACHABLE'),
    awaitSignIn: fail('SSO_DENIED'),
    listAccess: fail('SSO_SESSION_EXPIRED'),
    planSso: fail('FILE_NOT_UNDERSTOOD'),
    writeSso: fail('DISK_FULL'),
    keepToken: fail('DISK_FULL'),
    verifySso: fail('TIMED_OUT'),
    signOut: fail('DISK_FULL'),
    diagnose: fail('FILE_UNREADABLE'),
    planMend: fail('FILE_NOT_UNDERSTOOD'),
    writeMend: fail('DISK_FULL'),
  }),
  'no access': goodSkipPorts({
    listAccess: async () => ({found: [], comparison: {unchanged: [], added: [], changed: [], vanished: []}}),
    verifySso: async (profiles) => profiles.map((profile) => ({profile, problem: problem('SSO_ROLE_GONE')})),
    writeSso: fail('FILE_CHANGED'),
    writeMend: fail('FILE_CHANGED'),
  }),
  'listing fails': goodSkipPorts({
    listAccess: fail('TIMED_OUT'),
    writeSso: fail('FILE_IS_MOUNTED'),
    writeMend: fail('FILE_IS_MOUNTED'),
  }),
}
