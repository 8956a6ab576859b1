/**
 * Changes of resolvers in files made at random: only their own lines change, and two readers that nobody here wrote,
 * js-yaml and the `yaml` package, read exactly what was wanted.
 */
import {createRequire} from 'node:module'
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {parse} from 'yaml'
import {parseService, type ServiceDocument} from '../../src/service/document.js'
import {
  addResolver,
  dashboardOff,
  profileToResolver,
  useProfile,
  useResolver,
} from '../../src/service/resolver-edit.js'
import {runs, seed} from '../support/proof.js'

const {safeLoad} = createRequire(import.meta.url)('js-yaml') as {safeLoad(text: string): unknown}

type Data = Record<string, unknown>
const readers = [safeLoad, (text: string) => parse(text, {merge: true}) as unknown]

/** A file is drawn from a tree, with the ways in which people write one. */
interface Style {
  readonly step: number
  readonly newline: string
  readonly bom: string
  readonly lastNewline: boolean
  /** Drawn from by turns, so that one file has several. */
  readonly comments: readonly string[]
  readonly quotes: readonly ('' | "'" | '"')[]
  /** From this depth on maps are written between braces. */
  readonly flowDepth: number
}

const style: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(1, 2, 2, 3, 4),
  newline: fc.constantFrom('\n', '\n', '\r\n'),
  bom: fc.constantFrom('', '', '\ufeff'),
  lastNewline: fc.boolean(),
  comments: fc.array(fc.constantFrom('', ' # ours', '  #: {[ resolver: x', ' # é漢🙂'), {
    minLength: 1,
    maxLength: 5,
  }),
  quotes: fc.array(fc.constantFrom('' as const, "'" as const, '"' as const), {minLength: 1, maxLength: 5}),
  flowDepth: fc.constantFrom(9, 9, 9, 4, 3, 2, 1),
})

const name = fc.constantFrom('main', 'acme', 'acme-2', 'on', '123', 'a b')
const text = fc.constantFrom('aws', 'prod', '${env:X, "y"}', 'yes', 'x: y', "it's", '1.0', '#no')
const resolver = fc.dictionary(fc.constantFrom('type', 'profile', 'region', 'note'), text, {maxKeys: 3})
const stage = fc.oneof(
  {weight: 3, arbitrary: fc.record({resolvers: fc.dictionary(name, resolver, {maxKeys: 3})})},
  fc.record({params: fc.dictionary(name, text, {maxKeys: 2}), observability: fc.boolean()}),
  fc.constant(null),
  fc.constant({}),
)
const provider = fc.oneof(
  fc.constant('aws'),
  fc.record(
    {
      name: fc.constant('aws'),
      profile: text,
      resolver: name,
      region: text,
      tags: fc.dictionary(name, text, {maxKeys: 2}),
      list: fc.array(text, {maxLength: 3}),
      block: fc.constant('one\ntwo\n'),
    },
    {requiredKeys: ['name']},
  ),
)
const tree: fc.Arbitrary<Data> = fc
  .record(
    {
      service: fc.constant('shop'),
      provider,
      stages: fc.oneof(
        fc.dictionary(fc.constantFrom('default', 'prod', 'dev', 'no'), stage, {maxKeys: 3}),
        fc.constant(null),
      ),
      functions: fc.constant({
        hello: {handler: 'a.b', events: [{http: 'GET /'}, {schedule: 'rate(1 hour)'}]},
      }),
      custom: fc.dictionary(name, text, {maxKeys: 3}),
    },
    {requiredKeys: ['provider']},
  )
  .chain((found) =>
    // In any order.
    fc
      .shuffledSubarray(Object.keys(found), {minLength: Object.keys(found).length})
      .map((keys) => Object.fromEntries(keys.map((key) => [key, (found as Data)[key]]))),
  )

function write(data: Data, {step, newline, bom, lastNewline, comments, quotes, flowDepth}: Style): string {
  let turn = 0
  const next = <T>(all: readonly T[]): T => all[turn++ % all.length]!
  const quoted = (value: string) => {
    const quote = next(quotes)
    if (quote === "'") return `'${value.replaceAll("'", "''")}'`
    return quote === '' && /^[a-z][a-z-]+$/.test(value) && !/^(?:yes|no|on)$/.test(value)
      ? value
      : JSON.stringify(value)
  }
  const flow = (value: unknown): string => {
    if (typeof value === 'string') return quoted(value)
    if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
    if (typeof value !== 'object' || value === null) return String(value)
    return `{${Object.entries(value)
      .map(([key, each]) => `${quoted(key)}: ${flow(each)}`)
      .join(', ')}}`
  }
  const lines: string[] = []
  const block = (map: Data, indent: string, depth: number) => {
    for (const [key, value] of Object.entries(map)) {
      if (next(comments) === ' # ours') lines.push('', `${indent}# about ${key}`)
      const head = `${indent}${quoted(key)}:`
      if (value === null) lines.push(`${head}${next(comments)}`)
      else if (value === 'one\ntwo\n')
        lines.push(`${head} |`, `${indent}${' '.repeat(step)}one`, `${indent}${' '.repeat(step)}two`)
      else if (Array.isArray(value) && value.length > 0 && depth < flowDepth)
        lines.push(
          `${head}${next(comments)}`,
          ...value.map((each) => `${indent}${' '.repeat(step)}- ${flow(each)}`),
        )
      else if (
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.keys(value).length > 0 &&
        depth < flowDepth
      ) {
        lines.push(`${head}${next(comments)}`)
        block(value as Data, indent + ' '.repeat(step), depth + 1)
      } else lines.push(`${head} ${flow(value)}${next(comments)}`)
    }
  }
  if (flowDepth === 1) lines.push(JSON.stringify(data, null, step))
  else block(data, '', 1)
  return bom + lines.join('\n').replaceAll('\n', newline) + (lastNewline ? newline : '')
}

interface Change {
  readonly name: string
  edit(document: ServiceDocument): ServiceDocument
  /** The same in plain data. */
  apply(data: Data): void
}

const map = (data: Data, key: string): Data => {
  if (typeof data[key] !== 'object' || data[key] === null) data[key] = {}
  return data[key] as Data
}
const openProvider = (data: Data): Data => {
  if (typeof data['provider'] === 'string') data['provider'] = {name: data['provider']}
  return map(data, 'provider')
}
const put = (data: Data, at: string, called: string, value: Data) => {
  map(map(map(data, 'stages'), at), 'resolvers')[called] = value
}
const swap = (data: Data, out: string, key: string, value: string) => {
  const found = openProvider(data)
  delete found[out]
  found[key] = value
}

const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.nat(4),
    fc.constantFrom('default', 'prod', 'no', 'new-stage'),
    name,
    fc.constantFrom('p', 'no', 'a b', 'team.x'),
  )
  .map(([kind, at, called, profile]): Change => {
    switch (kind) {
      case 0:
        return {
          name: 'add',
          edit: (document) =>
            addResolver(document, {stage: at, name: called, profile, region: 'eu-west-1', dashboard: false}),
          apply: (data) =>
            put(data, at, called, {type: 'aws', profile, region: 'eu-west-1', dashboard: false}),
        }
      case 1:
        return {
          name: 'use resolver',
          edit: (document) => useResolver(document, called),
          apply: (data) => swap(data, 'profile', 'resolver', called),
        }
      case 2:
        return {
          name: 'use profile',
          edit: (document) => useProfile(document, profile),
          apply: (data) => swap(data, 'resolver', 'profile', profile),
        }
      case 3:
        return {
          name: 'dashboard off',
          edit: (document) => dashboardOff(document, at, called),
          apply: (data) => {
            map(map(map(map(data, 'stages'), at), 'resolvers'), called)['dashboard'] = false
          },
        }
      default:
        return {
          name: 'profile to resolver',
          edit: (document) => profileToResolver(document, {stage: at, name: called}),
          apply: (data) => {
            const old = data['provider']
            const {profile: from, region} = (typeof old === 'object' ? old : {}) as Record<string, string>
            put(data, at, called, {
              type: 'aws',
              ...(from === undefined ? {} : {profile: from}),
              ...(region === undefined ? {} : {region}),
            })
            swap(data, 'profile', 'resolver', called)
          },
        }
    }
  })

const codeOf = (error: unknown) => (error as {problem?: {code: string}}).problem?.code

test('the change is what was wanted for both readers, and no other line is touched', () => {
  let refused = 0
  let done = 0
  fc.assert(
    fc.property(tree, style, change, (data, how, {edit, apply}) => {
      const before = write(data, how)
      const isJson = how.flowDepth === 1
      const document = parseService(Buffer.from(before), isJson ? 'json' : 'yml', '/p/serverless.yml')
      let after: ServiceDocument
      try {
        after = edit(document)
      } catch (error) {
        refused += 1
        expect(['RESOLVER_EXISTS', 'SERVICE_EDIT_NOT_READ_BACK', 'SERVICE_KEY_NOT_TEXT']).toContain(
          codeOf(error),
        )
        return
      }
      done += 1
      const result = after.bom + after.text
      const wanted = safeLoad(before.replace(/^\ufeff/, '')) as Data
      apply(wanted)
      for (const read of readers) expect(read(result.replace(/^\ufeff/, ''))).toEqual(wanted)
      expectOnlyOwnLines(before, result, how)
    }),
    {numRuns: runs(2_000), seed},
  )
  // A refusal is no proof: most files can be changed.
  expect(done).toBeGreaterThan(refused * 2)
})

/** What was there stands there still, in its order, but for lines that name what was changed. */
function expectOnlyOwnLines(
  before: string,
  after: string,
  {flowDepth, bom, newline, lastNewline}: Style,
): void {
  expect(after.startsWith(bom)).toBe(true)
  expect(after.endsWith(newline)).toBe(lastNewline)
  if (newline === '\r\n') expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  else expect(after).not.toContain('\r')
  const own = /profile|resolver|dashboard|provider|\{\}/
  const mayChange = flowDepth < 9 ? new RegExp(`[{}\\]]|^\\s*"|${own.source}`) : own
  const lines = after.split(newline)
  let at = 0
  for (const line of before.split(newline)) {
    if (mayChange.test(line)) continue
    const found = lines.indexOf(line, at)
    if (found < 0)
      throw new Error(`This line is gone: ${JSON.stringify(line)}\n${before}\n--- after ---\n${after}`)
    at = found + 1
  }
}
