/** A line is one of ours where we wrote it: the same words in another section, or under another key, are somebody else's. */
import fc from 'fast-check'
import {takeBack} from '../../src/files/take-back.js'
import {digest, writtenOf} from '../../src/files/written.js'
import type {FileRole} from '../../src/files/plan.js'
import {runs, seed} from '../support/proof.js'

/** What `before` → `after` wrote, taken back from a file that is `current` now. */
async function back(role: FileRole, before: string, after: string, current: string) {
  const written = await writtenOf({
    path: '/f',
    realPath: '/f',
    role,
    exists: before !== '',
    before: Buffer.from(before),
    after: Buffer.from(after),
  })
  const bytes = Buffer.from(current)
  const of = async (way: 'theirs' | 'old') => takeBack(bytes, await digest(bytes), written, way)
  const [kept, old] = [await of('theirs'), await of('old')]
  return {
    text: kept.bytes.toString(),
    touched: kept.touched.map(({theirs, old: was}) => [theirs.join(''), was.join('')]),
    withOld: old.bytes.toString(),
  }
}

const untouched = (text: string) => ({text, touched: [], withOld: text})

describe('another profile with the same region', () => {
  const theirs = '[profile theirs]\nregion = eu-west-1\n'
  const ours = '\n[profile y]\nregion = eu-west-1\n'

  test('is let be where ours was deleted by hand, or was never written', async () => {
    expect(await back('config', theirs, theirs + ours, theirs)).toEqual(untouched(theirs))
    const more = `${theirs}output = json\n`
    expect(await back('config', theirs, theirs + ours, more)).toEqual(untouched(more))
  })

  test('is let be wherever it stands', async () => {
    const others = `[default]\nregion = eu-west-1\n\n${theirs}`
    for (const current of [others, `\n\n${others}`, `${others}\n[profile z]\nregion = eu-west-1\n`])
      expect(await back('config', others, others + ours, current)).toEqual(untouched(current))
  })

  test('is let be where the header alone of ours was deleted', async () => {
    const current = `${theirs}\nregion = eu-west-1\n`
    const {text, withOld} = await back('config', theirs, theirs + ours, current)
    expect(text).toBe(current)
    expect(withOld).toContain(theirs)
  })

  test('property: whatever the other sections are, with ours gone nothing is touched', async () => {
    const line = fc.constantFrom('region = eu-west-1\n', 'output = json\n', '# c\n', '\n')
    const section = fc
      .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.array(line, {maxLength: 4}))
      .map(([name, lines]) => `[profile ${name}]\n${lines.join('')}`)
    const text = fc.uniqueArray(section, {selector: (each) => each.split('\n')[0], maxLength: 4})
    await fc.assert(
      fc.asyncProperty(text, text, fc.boolean(), async (before, now, isLong) => {
        const all = `${ours}${isLong ? 'output = json\n# c\n' : ''}`
        const current = now.join('')
        expect(await back('config', before.join(''), before.join('') + all, current)).toEqual(
          untouched(current),
        )
      }),
      {numRuns: runs(1_000), seed},
    )
  })
})

test('a key of ours is known again below another name', async () => {
  const ours = '[y]\naws_access_key_id = AKIAOURSOURSOURSOURS\naws_secret_access_key = s\n'
  const renamed = ours.replace('[y]', '[work]')
  const {text, touched} = await back('credentials', '', ours, renamed)
  expect(text).toBe(renamed)
  expect(touched).toHaveLength(1)
})

describe('in the file of a service', () => {
  const before = 'service: abc\nprovider:\n  name: aws\n  region: eu-west-1\n'
  const after = `${before}  profile: dev\n`

  test('the same key below another one is not ours', async () => {
    const current = `${before}custom:\n  profile: dev\n`
    expect(await back('service', before, after, current)).toEqual(untouched(current))
  })

  test('nor is it taken in the place of ours', async () => {
    const theirs = 'custom:\n  profile: dev\n'
    const {text, touched} = await back('service', before, after, theirs + after)
    expect([text, touched]).toEqual([theirs + before, []])
  })

  test('ours is found below its key wherever that has come to stand', async () => {
    const current = `service: abc\ncustom:\n  profile: dev\n\nprovider: # mine\n  profile: dev\n  name: aws\n`
    const {text, touched} = await back('service', before, after, current)
    expect([text, touched]).toEqual([current.replace('# mine\n  profile: dev\n', '# mine\n'), []])
  })

  test('what was taken out does not come back below another key', async () => {
    const current = 'custom:\n  name: aws\n  region: eu-west-1\nservice: abc\n'
    expect((await back('service', after, before, current)).text).toBe(current)
  })

  test('property: lines below other keys stay', async () => {
    const line = fc.constantFrom('  profile: dev\n', '  name: aws\n', '  region: eu-west-1\n', '  # c\n')
    const block = fc
      .tuple(fc.constantFrom('custom', 'params', 'functions'), fc.uniqueArray(line))
      .map(([name, lines]) => (lines.length > 0 ? `${name}:\n${lines.join('')}` : ''))
    await fc.assert(
      fc.asyncProperty(block, block, fc.boolean(), async (above, below, isThere) => {
        const middle = isThere ? after : before
        const {text, touched} = await back('service', before, after, above + middle + below)
        expect([text, touched]).toEqual([above + before + below, []])
      }),
      {numRuns: runs(500), seed},
    )
  })
})

test('of one profile all comes back or nothing: a token of the old key never stands beside a key of others', async () => {
  const before = '[x]\nid = old\nsecret = old\noutput = json\ntoken = old\n[b]\ntoken = b\n'
  const after = '[x]\nid = ours\nsecret = ours\noutput = json\n[b]\n'
  const current = after.replace('id = ours\nsecret = ours', 'id = theirs\nsecret = theirs')
  const {text, touched, withOld} = await back('credentials', before, after, current)
  expect(touched.length).toBeGreaterThan(0)
  // That of another profile comes back for itself.
  expect(text).toBe(`${current}token = b\n`)
  expect(withOld).toBe(before)
})
