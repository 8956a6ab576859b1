/** What an edit may and may not do to a file, for many thousand files, judged by three readers. */
import fc from 'fast-check'
import {Failure} from '../../src/domain/problem.js'
import {parseDocument} from '../../src/aws-files/document.js'
import {editProfile} from '../../src/aws-files/edit.js'
import type {FileKind} from '../../src/files/locations.js'
import {readAsBotocore} from '../../src/aws-files/readers/botocore.js'
import {readAsJavaScript} from '../../src/aws-files/readers/javascript.js'
import type {Reading} from '../../src/aws-files/readers/reading.js'
import {applySplices} from '../../src/aws-files/splice.js'
import {runs, seed} from '../support/proof.js'
import {Botocore, whyNoBotocore} from './support/botocore.js'
import {asked, fileKind, oddFile, wildFile} from './support/generate.js'
import {readWithSdk} from './support/javascript.js'
import {changed} from './support/changed.js'
import {testUnless} from './support/skip.js'

const botocore = new Botocore()
afterAll(() => botocore.close())

const anyKind = <T>(of: (kind: FileKind) => fc.Arbitrary<T>) =>
  fileKind.chain((kind) => fc.tuple(fc.constant(kind), of(kind)))
const settings = (count: number) => ({numRuns: runs(count), seed})
const decoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

type Profiles = Record<string, Record<string, string>>
const asObject = (reading: Reading): Profiles | undefined =>
  'error' in reading
    ? undefined
    : Object.fromEntries([...reading.profiles].map(([name, each]) => [name, Object.fromEntries(each)]))

/** The edited file, or `undefined` where the edit was refused with a reason. */
function edited(
  bytes: Uint8Array,
  kind: FileKind,
  [profile, set, remove]: readonly [string, Record<string, string>, string[]],
) {
  try {
    const document = parseDocument(bytes, kind)
    return applySplices(document, editProfile(document, profile, {set, remove})).toBytes()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** Everything but the asked keys of the asked profile; a profile without keys is none. */
function others(profiles: Profiles, profile: string, names: readonly string[]) {
  return Object.fromEntries(
    Object.entries(profiles)
      .map(([name, keys]) => {
        const left = Object.entries(keys).filter(
          // A nested block below a key that is replaced is that key's old value.
          ([key]) => name !== profile || !names.includes(key.toLowerCase().split('.')[0]!),
        )
        return [name, Object.fromEntries(left)] as const
      })
      .filter(([, keys]) => Object.keys(keys).length > 0),
  )
}

function expectHolds(
  profiles: Profiles | undefined,
  profile: string,
  set: Record<string, string>,
  remove: readonly string[],
) {
  expect(profiles?.[profile]).toMatchObject(set)
  for (const name of remove) if (!(name in set)) expect(profiles?.[profile]).not.toHaveProperty(name)
}

describe('any bytes', () => {
  test('come out as they went in', () => {
    fc.assert(
      fc.property(fileKind, fc.uint8Array({maxLength: 200}), (kind, bytes) => {
        const document = parseDocument(bytes, kind)
        expect(Buffer.compare(document.toBytes(), bytes)).toBe(0)
        // Understanding them never fails either, and finds every byte in a section or before the first.
        for (const section of document.sections) document.properties(section)
        expect(Buffer.compare(Buffer.from(document.text, 'latin1'), bytes)).toBe(0)
      }),
      settings(20_000),
    )
  })
})

describe('our models of the other readers', () => {
  test('read 20,000 files as the SDK for JavaScript does', async () => {
    await fc.assert(
      fc.asyncProperty(anyKind(oddFile), async ([kind, bytes]) => {
        const ours = asObject(readAsJavaScript(decoded(bytes), kind)) ?? {}
        const real = await readWithSdk(bytes, kind)
        const relevant = Object.fromEntries(
          Object.entries(real).filter(
            ([name]) => kind === 'credentials' || !/^(sso-session|services)\./.test(name),
          ),
        )
        expect(ours).toEqual(relevant)
      }),
      settings(20_000),
    )
  })

  testUnless(whyNoBotocore())('read 5,000 files as botocore does', async () => {
    const files = fc.sample(anyKind(oddFile), settings(5_000))
    const real = await botocore.read(files)
    for (const [index, [kind, bytes]] of files.entries()) {
      const ours = asObject(readAsBotocore(decoded(bytes), kind))
      const theirs = real[index]!
      expect({file: decoded(bytes), profiles: ours ?? 'refused'}).toEqual({
        file: decoded(bytes),
        profiles: 'profiles' in theirs ? theirs.profiles : 'refused',
      })
    }
  })

  test('refuse a file exactly when the fast scan of a document does', () => {
    fc.assert(
      fc.property(anyKind(oddFile), ([kind, bytes]) => {
        const document = parseDocument(bytes, kind)
        const isRefused =
          'error' in readAsBotocore(decoded(bytes), kind) || 'error' in readAsJavaScript(decoded(bytes), kind)
        if (isRefused) expect({file: document.text, fatals: document.fatals}).not.toMatchObject({fatals: []})
      }),
      settings(20_000),
    )
  })
})

describe('an edit of 50,000 files', () => {
  test('is read back, leaves all else as it was, and done twice is done once', async () => {
    let done = 0
    let count = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyKind(wildFile), anyKind(wildFile), anyKind(oddFile)),
        asked,
        async ([kind, bytes], change) => {
          const [profile, set, remove] = change
          count++
          const after = edited(bytes, kind, change)
          if (!after) return
          done++
          const names = [...Object.keys(set), ...remove]
          const [wasJs, isJs] = [await readWithSdk(bytes, kind), await readWithSdk(after, kind)]
          const [wasPy, isPy] = [bytes, after].map((each) => asObject(readAsBotocore(decoded(each), kind)))
          expectHolds(isJs, profile, set, remove)
          expectHolds(isPy, profile, set, remove)
          expect(withoutLeaked(others(isPy!, profile, names), wasPy!, bytes)).toEqual(
            others(wasPy!, profile, names),
          )
          const [own, old] = [isJs, wasJs].map((each) =>
            withoutMisread(others(each, profile, names), profile, names),
          )
          expect(own).toEqual(old)
          expect(untouchedLines(after, names)).toEqual(expect.arrayContaining(untouchedLines(bytes, names)))
          expect(edited(after, kind, change)).toEqual(after)
        },
      ),
      settings(50_000),
    )
    // A refusal is always allowed by the rules above; that nearly everything is refused would make them empty.
    expect(done / count).toBeGreaterThan(0.5)
  }, 120_000)

  test('put in and taken out again leaves the bytes as they were', () => {
    fc.assert(
      fc.property(anyKind(wildFile), asked, ([kind, bytes], [profile, set]) => {
        const document = parseDocument(bytes, kind)
        const section = document.fatals.length === 0 ? document.section(profile) : undefined
        const present = section ? document.properties(section).map(({name}) => name) : []
        const isOpen = bytes.length > 0 && bytes.at(-1) !== 10
        if (!section || isOpen || Object.keys(set).some((name) => present.includes(name))) return
        try {
          const there = changed(document, profile, {set: set})
          expect(there.text).not.toBe(document.text)
          expect(changed(there, profile, {remove: Object.keys(set)}).text).toBe(document.text)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
        }
      }),
      settings(10_000),
    )
  })

  testUnless(whyNoBotocore())('is read back by the real botocore, for 3,000 of them', async () => {
    const cases = fc
      .sample(fc.tuple(anyKind(wildFile), asked), settings(4_500))
      .map(([[kind, before], change]) => ({kind, before, change, after: edited(before, kind, change)}))
      .filter((each) => each.after !== undefined)
    expect(cases.length).toBeGreaterThan(2_000)
    const was = await botocore.read(cases.map(({kind, before}) => [kind, before]))
    const is = await botocore.read(cases.map(({kind, after}) => [kind, after!]))
    for (const [
      index,
      {
        change: [profile, set, remove],
        before,
        after,
      },
    ] of cases.entries()) {
      const [old, now] = [was[index]!, is[index]!]
      if ('error' in old || 'error' in now)
        throw new Error(`botocore refuses ${JSON.stringify(decoded(after!))}`)
      expectHolds(now.profiles, profile, set, remove)
      const names = [...Object.keys(set), ...remove]
      expect(withoutLeaked(others(now.profiles, profile, names), old.profiles, before)).toEqual(
        others(old.profiles, profile, names),
      )
    }
  })
})

/** A new profile gets the keys of `[DEFAULT]` from botocore: that was asked for by whoever wrote that section. */
function withoutLeaked(now: Profiles, old: Profiles, bytes: Uint8Array): Profiles {
  const isLeaky = Buffer.from(bytes).includes('[DEFAULT]')
  return isLeaky ? Object.fromEntries(Object.entries(now).filter(([name]) => name in old)) : now
}

/**
 * Without what the SDK alone takes for keys: continued lines, and the keys after a nested block in an indented
 * section, which it takes for a part of the block. That the blocks stay is checked with botocore's reading.
 */
function withoutMisread(profiles: Profiles, profile: string, names: readonly string[]): Profiles {
  const {[profile]: own = {}, ...rest} = profiles
  const isMisread = (key: string) =>
    key.startsWith('--') || names.includes(key.toLowerCase().replace(/^[^.]*\.|[ \t]*:.*$/g, ''))
  const kept = Object.entries(own).filter(([key]) => !isMisread(key))
  return kept.length === 0 ? rest : {...rest, [profile]: Object.fromEntries(kept)}
}

/** Lines that have nothing to do with the asked keys, comments and blank lines included. */
function untouchedLines(bytes: Uint8Array, names: readonly string[]): readonly string[] {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const asked = new RegExp(`^\\s*(${names.join('|')})\\s*[=:]`, 'i')
  return lines.slice(0, -1).filter((line) => !asked.test(line) && !/^\s+[^\s#;]/.test(line))
}
