/**
 * What Serverless Framework 4.41 did when it was run on these files, against what is said here without running it: whether it
 * stops, else whose key it takes and in which region.
 */
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {effective} from '../../src/credentials/effective.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {folderHere} from '../../src/service/folder.js'
import {homeSandbox, type Home} from '../support/home.js'

interface Case {
  readonly name: string
  readonly stage: string | null
  readonly options: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly verdict: {
    readonly stops?: string
    readonly stopsLater?: string
    readonly resolver?: string
    readonly region?: string
    readonly accessKeyId?: string
  }
}

const VECTORS = '../shared/vectors/framework/verdicts.json'
const hasVectors = existsSync(VECTORS)
if (!hasVectors) console.warn('skipped: the verdicts of the Framework are not here')
const SECRET = 'sEcr3t+x'.repeat(5)
const KEYS = {
  default: 'AKIADEFAULTDEFAULT00',
  dev: 'AKIADEVDEVDEVDEVDEV0',
  prod: 'AKIAPRODPRODPRODPRO0',
  shared: 'AKIASHAREDSHAREDSHA0',
}

/** Not yet said as the Framework does it: values that are none, sources of variables that are not read here. */
const OPEN = new Set([
  'dashboard-null',
  // It asks for credentials of AWS before it looks for the other cloud; nothing is said of such a service here.
  'google-provider',
  'nested-dup',
  'params-null-stages',
  'profile-empty+envkeys+AWS_PROFILE',
  'profile-list',
  'profile-null',
  'provider-profile-file',
  'provider-profile-self',
  'provider-profile-var-param',
  'resolver-block-file',
  'resolver-one-file',
  'resolver-var-param',
  'resolvers-list',
  'type-unknown',
])

let home: Home
beforeAll(() => {
  home = homeSandbox()
  const profile = ([name, id]: readonly [string, string]) =>
    `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`
  home.write('.aws/credentials', Object.entries(KEYS).map(profile).join(''))
})
afterAll(() => home.remove())

async function ours({name, stage, options, env: added, files}: Case): Promise<string> {
  const folder = join(home.path, 'services', name.replace(/[^\w-]/g, '_'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true})
    writeFileSync(join(folder, path), text)
  }
  const env = {
    HOME: home.path,
    AWS_EC2_METADATA_DISABLED: 'true',
    MY_KEY: 'AKIAENVENVENVENVENV0',
    MY_SECRET: SECRET,
    MY_REGION: 'eu-north-1',
    ...added,
  }
  const s = await readSnapshot({env, isEc2: false})
  const {deciding: here} = await folderHere(s, {
    folder,
    ...(options['stage'] === undefined ? {} : {stage: options['stage']}),
    ...(options['aws-profile'] === undefined ? {} : {profile: options['aws-profile']}),
    ...(options['region'] === undefined ? {} : {region: options['region']}),
  }).finally(() => rmSync(folder, {recursive: true, force: true}))
  const verdict = here?.report.verdicts.find((each) => each.stage === (stage ?? each.stage))
  if (!here || !verdict) return 'stops'
  const {deploys} = verdict
  if (deploys.by === 'error') return 'stops'
  if (deploys.by === 'unknown') return 'unknown'
  const id =
    deploys.by === 'keys'
      ? deploys.keys?.endsWith('INL0')
        ? 'AKIAINLINEINLINEINL0'
        : env.MY_KEY
      : effective(here.run, {...(deploys.profileName ? {profile: deploys.profileName} : {})}).verdict
          .accessKeyId
  if (here.report.useless.includes(verdict.stage)) return 'stops'
  return `${id} in ${deploys.region.value}`
}

;(hasVectors ? test : test.skip)('what is said of each file is what the Framework did', async () => {
  const {cases} = JSON.parse(readFileSync(VECTORS, 'utf8')) as {cases: readonly Case[]}
  const wrong: string[] = []
  const open = new Set<string>()
  for (const each of cases) {
    const {stops, stopsLater, accessKeyId, region} = each.verdict
    const theirs = stops !== undefined || stopsLater !== undefined ? 'stops' : `${accessKeyId} in ${region}`
    const said = await ours(each).catch((error: unknown) => `threw ${String(error)}`)
    if (said !== theirs && OPEN.has(each.name)) open.add(each.name)
    else if (said !== theirs)
      wrong.push(
        `${each.name}: we say ${said}, it did ${theirs}${(stops ?? stopsLater) ? ` (${stops ?? stopsLater})` : ''}`,
      )
  }
  console.info(`${cases.filter(({name}) => !open.has(name)).length - wrong.length} of ${cases.length} agree`)
  expect(wrong.join('\n')).toBe('')
  // What agrees by now is open no longer.
  expect([...OPEN].filter((name) => !open.has(name))).toEqual([])
})
