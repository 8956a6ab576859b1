import type {WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {PlannedChange, WriteOptions} from '../change/ports.js'

/** What the path through the Serverless Dashboard asks of the world. */
export interface DashboardRolePorts {
  /** Opens a page in the person's browser. Never fails: the URL stands on the screen in any case. */
  openPage(url: string): Promise<{readonly opened: boolean; readonly reason?: SafeText}>
  /** Practice only: what the person would click on this page. */
  practiceAllow?(page: string): Promise<void>
  /** The service in this folder, what is signed in, and credentials that are here already. Reads files only. */
  lookAround(): Promise<Around>
  /** The files of a new service; none that exists is overwritten. */
  planService(wanted: {readonly template: string; readonly name: string}): Promise<PlannedChange>
  /** From then on `lookAround` finds the new service. */
  writeService(plan: PlannedChange, context: WorkContext, options?: WriteOptions): Promise<readonly Problem[]>
  /** Begins to sign in and opens the page. */
  beginLogin(context: WorkContext): Promise<Opened>
  /** Waits for the person to finish in the browser. Tells who it is. */
  awaitLogin(context: WorkContext): Promise<SafeText>
  orgs(context: WorkContext): Promise<readonly Org[]>
  apps(org: Org, context: WorkContext): Promise<readonly string[]>
  createApp(org: Org, app: string, context: WorkContext): Promise<void>
  /** `org` and `app` in the service file. */
  planOrgApp(
    service: ServiceHere,
    names: {readonly org: string; readonly app: string},
  ): Promise<PlannedChange>
  writeOrgApp(plan: PlannedChange, context: WorkContext, options?: WriteOptions): Promise<readonly Problem[]>
  providers(org: Org, context: WorkContext): Promise<ProvidersHere>
  /** Opens the page of AWS that makes the role, and remembers which Providers there were. */
  beginRole(org: Org, context: WorkContext): Promise<Opened>
  /** Waits for a Provider that was not there before; `undefined` when the time is over. */
  awaitRole(org: Org, context: WorkContext): Promise<Provider | undefined>
  /** What CloudFormation says of the stack, where AWS credentials are here to ask with. */
  stackEvents(context: WorkContext): Promise<readonly SafeText[]>
  useProvider(use: ProviderUse, context: WorkContext): Promise<void>
}

export interface Around {
  readonly service?: ServiceHere
  /** In the order shown. */
  readonly templates: readonly {readonly id: string; readonly name: SafeText; readonly hint: SafeText}[]
  /** Who is signed in to the Dashboard. */
  readonly signedIn?: SafeText
  /** The file in which a sign-in would be kept. */
  readonly signInFile: SafeText
  /** The AWS credentials a deploy would use now. */
  readonly local?: SafeText
  /** AWS can be asked about a stack. */
  readonly canAskAws: boolean
  /** `serverless` is installed, and so is what the service needs. */
  readonly canDeploy: boolean
}

export interface ServiceHere {
  readonly name: string
  /** Its folder, from the root. */
  readonly dir: string
  /** As it is shown: `serverless.yml`. */
  readonly file: SafeText
  /** A serverless.ts or .js is read by nobody but Serverless Framework. */
  readonly canEdit: boolean
  readonly org?: string
  readonly app?: string
  readonly stage: string
  readonly region: string
  /** What the file says that keeps this stage from the Provider, such as a resolver with `dashboard: false`. */
  readonly localInstead?: SafeText
  /** What is to be run next, from the folder that this program runs in: `cd aws-node-project`, …, the deploy. */
  readonly next: readonly SafeText[]
}

export interface Opened {
  readonly url: string
  /** Whether the page was opened, or why not. */
  readonly opened: SafeText
  /** What is made on the page: the names of the stack and the role, and the region. */
  readonly makes?: SafeText
  /** The command that shows how far AWS is with it. */
  readonly events?: SafeText
}

export interface ProvidersHere {
  readonly all: readonly Provider[]
  /** The one that a role begun earlier has become. */
  readonly fresh?: Provider
  /** A role begun earlier that is none yet. */
  readonly pending?: Opened
}

export interface Org {
  readonly orgUid: string
  readonly orgName: string
}

export interface Provider {
  readonly providerUid: string
  readonly alias: string
  readonly type: 'roleArn' | 'accessKey'
  /** The ARN of the role, or the masked ID of the key. */
  readonly detail: SafeText
  readonly accountId?: string
  readonly isDefault: boolean
  /** It belongs to another AWS account than the credentials on this machine. */
  readonly otherAccount?: SafeText
}

interface ProviderUse {
  readonly org: Org
  readonly provider: Provider
  /** For the whole organisation, or for this service and stage. */
  readonly as: 'default' | 'service'
  readonly service?: ServiceHere
  readonly app?: string
}
