/** What the file of a service says about credentials, each with its line. Nothing is resolved, and no secret is text. */
import {isMap, isScalar, isSeq} from 'yaml'
import {isShapedLikeAccessKeyId} from '../../domain/key-validators.js'
import {Secret} from '../../text/secret.js'
import type {UseDotenv} from '../dotenv.js'
import type {ServiceDocument} from '../document.js'
import {readOpenSecrets, type OpenSecret} from './open-secrets.js'
import {Tree, type At, type Entry} from './tree.js'
import {readUses, type Use} from './uses.js'
import {isVariable, literalsIn} from './variables.js'

export type {At} from './tree.js'

export type {Use} from './uses.js'

export interface ServiceModel {
  readonly path: string
  readonly service?: At<string>
  readonly org?: At<string>
  readonly app?: At<string>
  readonly useDotenv?: UseDotenv
  readonly frameworkVersion?: At<string>
  readonly provider: ProviderModel
  /** In the file's order, `default` included. */
  readonly stages: readonly StageModel[]
  /** Line of `stages`. */
  readonly stagesLine?: number
  /** A variable where the map of stages is expected: what it says is not known here. */
  readonly stagesUnread?: At<string>
  /** Line of a top-level `params`. */
  readonly topParams?: number
  /** Every `${name:…}` whose name is a resolver of any stage, or `aws`. */
  readonly uses: readonly Use[]
  /** Secrets of AWS in other parts of the file, by the names of their keys. */
  readonly openSecrets: readonly OpenSecret[]
  /** The literal secrets of the file, so that whatever is shown can be cleaned of them. */
  readonly secrets: readonly Secret[]
}

interface ProviderModel {
  readonly line?: number
  readonly name?: At<string>
  readonly profile?: At<string>
  readonly resolver?: At<string>
  readonly region?: At<string>
  readonly stage?: At<string>
  /** A variable where the map is expected. */
  readonly unread?: At<string>
}

export interface StageModel {
  readonly name: string
  readonly line: number
  readonly resolvers: readonly ResolverModel[]
  /** Line of its `params`. */
  readonly params?: number
  /** A variable where the map of resolvers (or of the stage) is expected. */
  readonly unread?: At<string>
}

/** A part of an access key: a variable with its text, or a literal that is never text. */
export type KeyModel =
  | {
      readonly kind: 'variable'
      readonly text: string
      readonly line: number
      /** Fallbacks and what stands beside the variable: these may be the key itself. */
      readonly literals: readonly Secret[]
      /** What it comes to in a run, where that is known. */
      readonly value?: Secret
    }
  | {readonly kind: 'literal'; readonly secret: Secret; readonly line: number}

export interface OtherKey {
  readonly name: string
  readonly line: number
  readonly isMap: boolean
  /** The text of it that is no variable, where it has one. */
  readonly literal?: Secret
}

export interface ResolverModel {
  readonly name: string
  readonly line: number
  readonly stage: string
  readonly type?: At<string>
  readonly profile?: At<string>
  readonly region?: At<string>
  readonly accessKeyId?: KeyModel
  readonly secretAccessKey?: KeyModel
  readonly sessionToken?: KeyModel
  /** Only where it is a boolean: the Framework turns the Dashboard off for `false` alone. */
  readonly dashboard?: At<boolean>
  /** A `dashboard` that is text: a variable, or `"false"` in quotes, which the Framework takes for true. */
  readonly dashboardText?: At<string>
  /** The other keys, such as options of other types, sub-resolvers (maps), and slips. */
  readonly others: readonly OtherKey[]
  /** A variable where the map is expected. */
  readonly unread?: At<string>
}

const OWN_KEYS = new Set([
  'type',
  'profile',
  'region',
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'dashboard',
])

/** Throws nothing for a document that `parseService` made. */
export function readModel(document: ServiceDocument): ServiceModel {
  const tree = new Tree(document)
  const root = tree.entries(document.root)
  const top = (key: string) => root.find((entry) => entry.key === key)
  const stagesEntry = top('stages')
  const stages = tree.entries(stagesEntry?.node).map((entry) => readStage(tree, entry))
  const resolvers = stages.flatMap((stage) => stage.resolvers)
  const topParams = top('params')
  const told = new Set(resolvers.flatMap(keyLines))
  const openSecrets = readOpenSecrets(tree).filter(({line}) => !told.has(line))
  const service = tree.text(top('service')) ?? tree.text(tree.entry(top('service')?.node, 'name'))
  return {
    path: document.path,
    ...given('service', service),
    ...given('org', tree.text(top('org'))),
    ...given('app', tree.text(top('app'))),
    ...given('useDotenv', readUseDotenv(tree, top('useDotenv'))),
    ...given('frameworkVersion', tree.text(top('frameworkVersion'))),
    provider: readProvider(tree, top('provider')),
    stages,
    ...given('stagesLine', stagesEntry?.line),
    ...given('stagesUnread', unreadOf(tree, stagesEntry)),
    ...given('topParams', topParams?.line),
    uses: readUses(tree, new Set(resolvers.map(({name}) => name))),
    openSecrets,
    secrets: [...resolvers.flatMap(secretsOf), ...openSecrets.map(({secret}) => secret)],
  }
}

/** Only `false` itself turns it off; what is no path counts for nothing. */
function readUseDotenv(tree: Tree, entry: Entry | undefined): UseDotenv | undefined {
  const {node} = entry ?? {}
  if (isScalar(node))
    return node.value === false ? false : typeof node.value === 'string' ? [node.value] : undefined
  if (!isSeq(node)) return undefined
  return node.items.flatMap((item) => {
    const each = tree.followed(item)
    return isScalar(each) && typeof each.value === 'string' ? [each.value] : []
  })
}

/** Another cloud than AWS, where the file names one. */
export function otherCloud({provider: {name}}: ServiceModel): string | undefined {
  return name === undefined || name.value === '' || name.value === 'aws' || isVariable(name.value)
    ? undefined
    : name.value
}

function readProvider(tree: Tree, entry: Entry | undefined): ProviderModel {
  if (!entry) return {}
  const text = tree.text(entry)
  // `provider: aws` is the short form.
  if (text) return {line: entry.line, ...(isVariable(text.value) ? {unread: text} : {name: text})}
  const own = tree.entries(entry.node)
  const at = (key: string) => tree.text(own.find((each) => each.key === key))
  return {
    line: entry.line,
    ...given('name', at('name')),
    ...given('profile', at('profile')),
    ...given('resolver', at('resolver')),
    ...given('region', at('region')),
    ...given('stage', at('stage')),
  }
}

function readStage(tree: Tree, stage: Entry): StageModel {
  const own = tree.entries(stage.node)
  const resolvers = own.find((entry) => entry.key === 'resolvers')
  const params = own.find((entry) => entry.key === 'params')
  return {
    name: stage.key,
    line: stage.line,
    resolvers: tree.entries(resolvers?.node).map((entry) => readResolver(tree, entry, stage.key)),
    ...given('params', params?.line),
    ...given('unread', unreadOf(tree, stage) ?? unreadOf(tree, resolvers)),
  }
}

function readResolver(tree: Tree, entry: Entry, stage: string): ResolverModel {
  const own = tree.entries(entry.node)
  const find = (key: string) => own.find((each) => each.key === key)
  const key = (name: string) => keyOf(tree.text(find(name)))
  return {
    name: entry.key,
    line: entry.line,
    stage,
    ...given('type', tree.text(find('type'))),
    ...given('profile', tree.text(find('profile'))),
    ...given('region', tree.text(find('region'))),
    ...given('accessKeyId', key('accessKeyId')),
    ...given('secretAccessKey', key('secretAccessKey')),
    ...given('sessionToken', key('sessionToken')),
    ...readDashboard(tree, find('dashboard')),
    others: own.filter((each) => !OWN_KEYS.has(each.key)).map((each) => readOther(tree, each)),
    ...given('unread', unreadOf(tree, entry)),
  }
}

function readOther(tree: Tree, entry: Entry): OtherKey {
  const text = tree.text(entry)?.value
  const literal = text === undefined || isVariable(text) ? undefined : new Secret(text)
  return {name: entry.key, line: entry.line, isMap: isMap(entry.node), ...given('literal', literal)}
}

function readDashboard(
  tree: Tree,
  entry: Entry | undefined,
): Pick<ResolverModel, 'dashboard' | 'dashboardText'> {
  if (entry && isScalar(entry.node) && typeof entry.node.value === 'boolean')
    return {dashboard: {value: entry.node.value, line: entry.line}}
  return given('dashboardText', tree.text(entry))
}

function keyOf(text: At<string> | undefined): KeyModel | undefined {
  if (!text) return undefined
  if (isVariable(text.value)) {
    const literals = literalsIn(text.value).map((each) => new Secret(each))
    return {kind: 'variable', text: text.value, line: text.line, literals}
  }
  return {kind: 'literal', secret: new Secret(text.value), line: text.line}
}

/** A key id is none: it is shown with its middle masked. What stands in its place and is no id may be one. */
function secretsOf({accessKeyId, secretAccessKey, sessionToken}: ResolverModel): readonly Secret[] {
  const ids = literalsOf(accessKeyId).filter((each) => !isShapedLikeAccessKeyId(each.reveal()))
  return [...ids, ...literalsOf(secretAccessKey), ...literalsOf(sessionToken)]
}

function literalsOf(key: KeyModel | undefined): readonly Secret[] {
  return key?.kind === 'literal' ? [key.secret] : (key?.literals ?? [])
}

/** Where a check of the resolver looks for secrets by itself. */
function keyLines(resolver: ResolverModel): readonly number[] {
  const keys = [resolver.accessKeyId, resolver.secretAccessKey, resolver.sessionToken, ...resolver.others]
  return keys.flatMap((key) => (key ? [key.line] : []))
}

/** The text that stands where a map is expected. */
function unreadOf(tree: Tree, entry: Entry | undefined): At<string> | undefined {
  return entry && !isMap(entry.node) ? tree.text(entry) : undefined
}

function given<K extends string, V>(key: K, value: V | undefined): {readonly [P in K]?: V} {
  return (value === undefined ? {} : {[key]: value}) as {readonly [P in K]?: V}
}
