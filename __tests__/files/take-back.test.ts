/** Taking back: exact where nobody wrote since, and with every line of others where they did. */
import fc from 'fast-check'
import {hunksOf} from '../../src/files/hunks.js'
import {takeBack} from '../../src/files/take-back.js'
import {digest, writtenOf} from '../../src/files/written.js'
import type {Written} from '../../src/files/journal.js'
import type {FileRole} from '../../src/files/plan.js'
import {runs, seed} from '../support/proof.js'

async function written(before: string, after: string, role: FileRole = 'credentials'): Promise<Written> {
  const [old, now] = [Buffer.from(before), Buffer.from(after)]
  return writtenOf({path: '/f', realPath: '/f', role, exists: before !== '', before: old, after: now})
}

async function back(current: string, of: Written, way: 'theirs' | 'old' = 'theirs') {
  const bytes = Buffer.from(current)
  const {bytes: result, touched} = await takeBack(bytes, await digest(bytes), of, way)
  return {text: result.toString(), touched: touched.map(({theirs, old}) => [theirs.join(''), old.join('')])}
}

const LINES = fc.array(fc.constantFrom('a = 1\n', 'b = 2\n', '\n', '[x]\n', '[y]\n', '# c\n', 'a = 1\r\n'), {
  maxLength: 12,
})
/** Perhaps without the last line end. */
const TEXT = fc
  .tuple(LINES, fc.boolean())
  .map(([lines, isCut]) => (isCut ? lines.join('').trimEnd() : lines.join('')))

test('hunks lead from the old version to the new one', () => {
  fc.assert(
    fc.property(TEXT, TEXT, (before, after) => {
      let [text, at] = ['', 0]
      for (const {oldAt, old, now} of hunksOf(Buffer.from(before), Buffer.from(after))) {
        text += before.slice(at, oldAt) + now.join('')
        at = oldAt + old.join('').length
      }
      expect(text + before.slice(at)).toBe(after)
    }),
    {numRuns: runs(2_000), seed},
  )
})

test('with nobody in between, the version before comes back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(TEXT, TEXT, async (before, after) => {
      expect(await back(after, await written(before, after))).toEqual({text: before, touched: []})
    }),
    {numRuns: runs(2_000), seed},
  )
})

const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const
const SECTION = fc.record({
  id: fc.integer({min: 0, max: 3}),
  secret: fc.integer({min: 0, max: 3}),
  comment: fc.boolean(),
})
type Section = {id: number; secret: number; comment: boolean}
/** Sections of one file, each of its own text, with one blank line between them. */
const FILE = fc.record(
  {alpha: SECTION, beta: SECTION, gamma: SECTION, delta: SECTION},
  {requiredKeys: ['alpha', 'beta']},
)
type File = Partial<Record<(typeof NAMES)[number], Section>>

function textOf(file: File): string {
  return NAMES.flatMap((name) => {
    const section = file[name]
    if (!section) return []
    const comment = section.comment ? '# mine\n' : ''
    return [
      `[${name}]\n${comment}aws_access_key_id = ${name}${section.id}\naws_secret_access_key = s${section.secret}\n\n`,
    ]
  }).join('')
}

test('what others wrote in other sections stays, and ours is taken back', async () => {
  await fc.assert(
    fc.asyncProperty(FILE, SECTION, FILE, async (before, ours, others) => {
      const after = {...before, alpha: ours}
      // Others change, add and take away any section but the one that we wrote.
      const {alpha: _, ...rest} = others
      const theirs = {alpha: ours, ...rest}
      const result = await back(textOf(theirs), await written(textOf(before), textOf(after)))
      expect(result).toEqual({text: textOf({...rest, alpha: before.alpha}), touched: []})
    }),
    {numRuns: runs(2_000), seed},
  )
})

test('a section that we added goes, whatever others did around it', async () => {
  await fc.assert(
    fc.asyncProperty(FILE, SECTION, FILE, async (file, ours, others) => {
      const {gamma: _, ...before} = file
      const {gamma: __, ...rest} = others
      const result = await back(
        textOf({...rest, gamma: ours}),
        await written(textOf(before), textOf({...before, gamma: ours})),
      )
      expect(result).toEqual({text: textOf(rest), touched: []})
    }),
    {numRuns: runs(2_000), seed},
  )
})

test('no line of others is ever lost, wherever they wrote it', async () => {
  await fc.assert(
    fc.asyncProperty(
      FILE,
      SECTION,
      fc.array(fc.nat(30), {minLength: 1, maxLength: 6}),
      async (before, ours, places) => {
        const after = textOf({...before, alpha: ours})
        const lines = after.split(/(?<=\n)/)
        for (const [index, place] of places.entries())
          lines.splice(place % (lines.length + 1), 0, `theirs = ${index}\n`)
        const {text} = await back(lines.join(''), await written(textOf(before), after))
        for (const index of places.keys()) expect(text).toContain(`theirs = ${index}\n`)
      },
    ),
    {numRuns: runs(2_000), seed},
  )
})

test('done twice it does nothing more, also after others wrote', async () => {
  await fc.assert(
    fc.asyncProperty(FILE, SECTION, async (before, ours) => {
      const of = await written(textOf(before), textOf({...before, alpha: ours}))
      const once = `# theirs\n${textOf(before)}`
      expect(await back(once, of)).toEqual({text: once, touched: []})
    }),
    {numRuns: runs(1_000), seed},
  )
})

describe('lines of ours that others have changed', () => {
  const before = '[a]\nid = old\nsecret = old\nregion = x\n[b]\nid = b\n'
  const after = '[a]\nid = ours\nsecret = ours\nregion = x\n[b]\nid = b\n'

  test('are shown with what stood there before, and stay', async () => {
    const theirs = after.replace('secret = ours', 'secret = theirs')
    expect(await back(theirs, await written(before, after))).toEqual({
      text: theirs,
      touched: [['id = ours\nsecret = theirs\n', 'id = old\nsecret = old\n']],
    })
    expect((await back(theirs, await written(before, after), 'old')).text).toBe(before)
  })

  test('all of them, too', async () => {
    const theirs = after.replace('id = ours\nsecret = ours', 'id = theirs\nsecret = theirs')
    const {text, touched} = await back(theirs, await written(before, after))
    expect(text).toBe(theirs)
    expect(touched).toEqual([['id = theirs\nsecret = theirs\n', 'id = old\nsecret = old\n']])
  })

  test('a line that we took out comes back beside what they wrote there', async () => {
    const without = before.replace('region = x\n', '')
    const theirs = without.replace('[b]', 'output = json\n[b]')
    const {text, touched} = await back(theirs, await written(before, without))
    expect(touched).toEqual([])
    expect(text).toContain('region = x\n')
    expect(text.indexOf('region')).toBeLessThan(text.indexOf('[b]'))
    expect(text.replace('region = x\n', '')).toBe(theirs)
  })

  test('a file of ours to which they added keeps what they added', async () => {
    const ours = '[a]\nid = ours\n'
    expect(await back(`${ours}[b]\nid = b\n`, await written('', ours))).toEqual({
      text: '[b]\nid = b\n',
      touched: [],
    })
  })
})

test('in the file of a service, the lines around are the only sign', async () => {
  const before = 'service: a\nprovider:\n  name: aws\nfunctions: {}\n'
  const after = 'service: a\nprovider:\n  name: aws\n  profile: dev\nfunctions: {}\n'
  const theirs = after.replace('functions: {}', 'functions:\n  hello: {}').replace('service: a', 'service: b')
  expect(await back(theirs, await written(before, after, 'service'))).toEqual({
    text: theirs.replace('  profile: dev\n', ''),
    touched: [],
  })
})
