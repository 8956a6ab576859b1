/**
 * Which ports change something, here or at AWS, and what. The one place for `--dry-run`: under it none of them is
 * carried out, and the driver ends the flow with what it would have done. A port that is not named here does not compile.
 */
import type {DoctorPorts} from '../../flows/doctor/ports.js'
import type {SsoPorts} from '../../flows/sso/ports.js'
import type {UndoPorts} from '../../flows/undo/flow.js'
import type {WelcomePorts} from '../../flows/welcome/ports.js'
import {DryRunStop} from '../domain/dry-run.js'
import {say, type SafeText} from '../text/safe-text.js'

type AllPorts = WelcomePorts & UndoPorts & DoctorPorts & SsoPorts

/** What is done, as it follows on "would". What heeds the dry run itself is carried out. */
type Kind = 'reads' | 'heeds' | SafeText

const KINDS: {readonly [Name in keyof Required<AllPorts>]: Kind} = {
  apps: 'reads',
  awaitLogin: say`keep the sign-in to the Serverless Dashboard in ~/.serverlessrc`,
  awaitRole: 'reads',
  awaitSignIn: 'reads',
  beginLogin: say`sign in to the Serverless Dashboard in the browser`,
  beginRole: say`begin an AWS IAM role, and open the page of AWS CloudFormation that makes it`,
  beginSignIn: 'reads',
  checkFiles: 'reads',
  checkRegion: 'reads',
  createApp: say`create the app at the Serverless Dashboard`,
  diagnose: 'reads',
  here: 'reads',
  identify: 'reads',
  // Under a dry run nobody signs in, and there is nothing to keep.
  keepToken: 'heeds',
  knownProfiles: 'reads',
  listAccess: 'reads',
  lookAround: 'reads',
  nextStep: 'reads',
  openPage: 'reads',
  orgs: 'reads',
  plan: 'reads',
  planMend: 'reads',
  planOrgApp: 'reads',
  planResolvers: 'reads',
  planService: 'reads',
  planSso: 'reads',
  planUndo: 'reads',
  practiceAllow: 'reads',
  practiceKey: 'reads',
  providers: 'reads',
  readKeyFile: 'reads',
  readServices: 'reads',
  signOut: say`end the session at AWS, and delete its token in ~/.aws/sso/cache`,
  ssoSurvey: 'reads',
  stackEvents: 'reads',
  survey: 'reads',
  useProvider: say`use the Provider at the Serverless Dashboard`,
  verify: 'reads',
  verifySso: 'reads',
  verifyWritten: 'reads',
  whose: 'reads',
  write: say`write the files`,
  writeMend: say`write the files`,
  writeOrgApp: say`write the names into the file of the service`,
  writeResolvers: say`write the file of the service`,
  writeService: say`make the files of the service`,
  writeSso: say`write the profiles`,
}

/** Whether it changes something, here or at AWS. What is not known counts as if. */
export function changes(port: string): boolean {
  return kindOf(port) !== 'reads'
}

function kindOf(port: string): Kind {
  return (KINDS as Readonly<Record<string, Kind | undefined>>)[port] ?? say`go on`
}

/** The same ports, of which those that change something end the flow. What is not known counts as one of them. */
export function underDryRun<P extends object>(ports: P): P {
  const guarded = Object.entries(ports).map(([name, port]) => {
    const kind = kindOf(name)
    const stop = async () => Promise.reject(new DryRunStop(kind as SafeText))
    return [name, kind === 'reads' || kind === 'heeds' || typeof port !== 'function' ? port : stop] as const
  })
  return Object.fromEntries(guarded) as P
}
