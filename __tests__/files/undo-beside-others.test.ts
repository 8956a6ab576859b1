/** Taking back where somebody else has written since: nothing of theirs is harmed, and what is said is so. */
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {isSound} from '../../src/files/sound.js'
import {journalAt} from '../../src/files/journal.js'
import {planUndo} from '../../src/files/undo.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {planServiceEdit} from '../../src/service/service-file.js'
import {setIn} from '../../src/service/change/set.js'
import {awsFiles} from '../../src/files/locations.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {commitPlan} from '../../src/files/commit.js'
import {codeOf} from '../support/code-of.js'

const OLD = `aws_access_key_id = AKIAOLDOLDOLDOLD2222\naws_secret_access_key = ${'o'.repeat(40)}\n`
let home: string
const at = (name: string) => join(home, '.aws', name)
const files = () => awsFiles({HOME: home})
const read = (name: string) => readFileSync(at(name), 'utf8')
const change = (name: string, by: (text: string) => string) => writeFileSync(at(name), by(read(name)))

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'undo-others-'))
  mkdirSync(join(home, '.aws'))
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

async function save(profile = 'default'): Promise<void> {
  const key = {
    accessKeyId: parseAccessKeyId('AKIAQ7WERTYUIOPLKJH2')!,
    secretAccessKey: new Secret('n'.repeat(40)),
  }
  const wanted = {profile: parseProfileName(profile)!, key, region: parseRegion('eu-west-1')!}
  await commitPlan(await planProfile(wanted, files()))
}

test('a section that they have written into is not taken from below their lines', async () => {
  await save()
  change('config', (text) => `${text}output = json\n`)
  const plan = await planUndo(files())
  expect(plan.touched.map(({path}) => path)).toEqual([at('config')])
  // The line is seen for which it is asked at all.
  expect(plan.touched[0]!.theirs.join('')).toBe('[default]\nregion = eu-west-1\noutput = json\n')
  await commitPlan(plan)
  expect(read('config')).toBe('[default]\nregion = eu-west-1\noutput = json\n')
  expect(await codeOf(planUndo(files(), {way: 'old'}))).toMatch(/UNDO_STUCK|done/)
})

test('the section above is taken out with the empty line between: ours is taken back all the same', async () => {
  writeFileSync(at('credentials'), '[a]\naws_access_key_id = AKIAX\n')
  writeFileSync(at('config'), '[profile a]\nregion = us-west-2\n')
  await save('work')
  for (const name of ['credentials', 'config'] as const)
    change(name, (text) => text.replace(/^\[[^[]*(?=\[)/, ''))
  expect(read('credentials')).toMatch(/^\[work\]/)
  const plan = await planUndo(files())
  expect(plan).toMatchObject({touched: [], warnings: []})
  await commitPlan(plan)
  expect([read('credentials'), read('config')]).toEqual(['', ''])
})

test('nor does a key of theirs come to belong to the profile above', async () => {
  writeFileSync(at('config'), '[profile prod]\nregion = us-west-2\n')
  writeFileSync(at('credentials'), `[default]\n${OLD}`)
  await save('work')
  change('config', (text) => `${text}role_arn = arn:aws:iam::1:role/Admin\n`)
  change('credentials', (text) => `${text}aws_session_token = THEIRS\n`)
  await commitPlan(await planUndo(files()))
  expect(read('config')).toMatch(/\[profile work\][^[]*role_arn/)
  expect(read('credentials')).toMatch(/\[work\][^[]*THEIRS/)
})

test('a line that was the last one, without an end, is given one', async () => {
  const before = `[b]\n${OLD}`.trimEnd()
  writeFileSync(at('credentials'), before)
  await save()
  change('credentials', (text) => `${text}[zz]\naws_access_key_id = AKIAZZ\n`)
  await commitPlan(await planUndo(files()))
  expect(read('credentials').replaceAll('\n\n', '\n')).toBe(`${before}\n[zz]\naws_access_key_id = AKIAZZ\n`)
})

test.each([
  ['one line of ours changed', 'AKIAQ7WERTYUIOPLKJH2', 'AKIAFOOFOOFOOFOOFOO2'],
  ['the header of ours changed', '[default]', '[default]  # mine'],
])('below a last line without an end, %s is seen', async (_, ours, theirs) => {
  const before = `[x]\n${OLD}`.trimEnd()
  writeFileSync(at('credentials'), before)
  await save()
  change('credentials', (text) => text.replace(ours, theirs))
  const plan = await planUndo(files())
  expect(plan.touched.map(({path}) => path)).toEqual([at('credentials')])
  await commitPlan(await planUndo(files(), {way: 'old'}))
  expect(read('credentials').trimEnd()).toBe(before)
})

test('below a last line without an end, all is taken back byte for byte', async () => {
  const before = `[x]\r\n${OLD.replaceAll('\n', '\r\n')}`.trimEnd()
  writeFileSync(at('credentials'), before)
  await save()
  await commitPlan(await planUndo(files()))
  expect(read('credentials')).toBe(before)
})

test('a key that they have set again does not come to stand there twice', async () => {
  writeFileSync(at('credentials'), `[default]\n${OLD}aws_session_token = old\n[b]\nx = 1\n`)
  await save()
  change('credentials', (text) => text.replace('[b]', 'aws_session_token = newer\n[b]'))
  const plan = await planUndo(files())
  expect(plan.touched.length).toBeGreaterThan(0)
  await commitPlan(plan)
  expect(read('credentials').match(/aws_session_token/g)).toHaveLength(1)
})

test('lines come back with the ends that the file has been given', async () => {
  writeFileSync(at('credentials'), `[default]\n${OLD}`)
  await save()
  change('credentials', (text) => text.replaceAll('\n', '\r\n'))
  await commitPlan(await planUndo(files()))
  expect(read('credentials')).toBe(`[default]\n${OLD}`.replaceAll('\n', '\r\n'))
})

describe('what is not found', () => {
  test('is said, and the command before it is not taken back in its place', async () => {
    writeFileSync(at('credentials'), `[default]\n${OLD}`)
    await save('work')
    await save()
    const [credentials, config] = [read('credentials'), read('config')]
    renameSync(at('credentials'), at('away'))
    renameSync(at('config'), at('config-away'))
    expect(await codeOf(planUndo(files()))).toBe('UNDO_NOT_FOUND')
    renameSync(at('away'), at('credentials'))
    renameSync(at('config-away'), at('config'))
    expect([read('credentials'), read('config')]).toEqual([credentials, config])
    await commitPlan(await planUndo(files()))
    expect(read('credentials')).toContain(OLD)
    expect(read('credentials')).toContain('[work]')
  })

  test('stays kept where the rest is taken back', async () => {
    writeFileSync(at('credentials'), `[default]\n${OLD}`)
    await save()
    const mine = read('credentials')
    change('credentials', (text) => text.replace('[default]', '[other]'))
    const plan = await planUndo(files())
    expect(plan.warnings.map(({code}) => code)).toContain('UNDO_NOT_FOUND')
    await commitPlan(plan)
    writeFileSync(at('credentials'), mine)
    await commitPlan(await planUndo(files()))
    expect(read('credentials')).toBe(`[default]\n${OLD}`)
  })

  test('a damaged file of the journal stops it, until it is put aside', async () => {
    writeFileSync(at('credentials'), `[default]\n${OLD}`)
    await save('work')
    await save()
    const folder = files().journal!
    const newest = readdirSync(folder).toSorted().at(-1)!
    const good = JSON.parse(readFileSync(join(folder, newest), 'utf8')) as {writes: {hunks: object[]}[][]}
    const [hunk] = good.writes[0]![0]!.hunks
    const bad = [null, 'x', {...good, writes: [null]}, {...good, at: 1e300}, {...good, writes: []}]
    const badHunks = [
      null,
      {...hunk, above: null},
      {...hunk, old: [1]},
      {...hunk, at: 'abc'},
      {...hunk, at: -1},
    ]
    const withHunk = badHunks.map((each) => ({
      ...good,
      writes: [[{...good.writes[0]![0], hunks: [each]}]],
    }))
    for (const each of [...bad, ...withHunk]) {
      writeFileSync(join(folder, newest), JSON.stringify(each))
      expect(await codeOf(planUndo(files()))).toBe('UNDO_UNREADABLE')
    }
    renameSync(join(folder, newest), join(folder, `${newest}.aside`))
    expect((await planUndo(files())).files.length).toBeGreaterThan(0)
  })
})

test('in the file of a service a key of ours is not taken from above keys of theirs', async () => {
  const path = join(home, 'serverless.yml')
  writeFileSync(path, 'service: a\nprovider:\n  name: aws\n')
  const value = {default: {resolvers: {main: {type: 'aws', profile: 'x'}}}}
  await commitPlan(
    await planServiceEdit(path, (document) => setIn(document, ['stages'], value), files().journal),
  )
  writeFileSync(path, `${readFileSync(path, 'utf8')}  prod:\n    params:\n      x: 1\n`)
  const plan = await planUndo(files())
  expect(plan.touched).toHaveLength(1)
  expect(plan.files).toEqual([])
})

test('who leaves what others wrote comes to the command before, and its entry is gone then', async () => {
  const path = join(home, 'serverless.yml')
  writeFileSync(path, 'service: a\nprovider:\n  name: aws\n')
  const set = async (keys: readonly string[], value: Parameters<typeof setIn>[2]) =>
    commitPlan(await planServiceEdit(path, (document) => setIn(document, keys, value), files().journal))
  await set(['org'], 'ours')
  const first = readFileSync(path, 'utf8')
  await set(['stages'], {default: {resolvers: {main: {type: 'aws', profile: 'x'}}}})
  writeFileSync(path, `${readFileSync(path, 'utf8')}  prod:\n    params:\n      x: 1\n`)
  const entries = async () => (await journalAt(files().journal!).read()).length
  expect(await planUndo(files())).toMatchObject({files: [], canReplace: false})
  const {id} = await planUndo(files())
  const passed = await planUndo(files(), {passed: [id!]})
  expect(passed.files).toHaveLength(1)
  expect(await entries()).toBe(2)
  await commitPlan(passed)
  expect(await entries()).toBe(0)
  // What stood before the first of the two, with all that others and the second have written since.
  const rest = readFileSync(path, 'utf8')
  expect(first).toContain('org: ours')
  expect(rest).not.toContain('org: ours')
  expect(rest).toContain('prod:')
  expect(rest).toContain('profile: x')
})

test('what others say is compared by where it is said', async () => {
  const sound = async (role: 'config' | 'service', from: string, start: number, end: number) =>
    isSound(role, Buffer.from(from), [{start, end}], Buffer.from(from.slice(0, start) + from.slice(end)))
  expect(await sound('config', '[a]\nx = 1\n[b]\ny = 2\n', 4, 10)).toBe(true)
  expect(await sound('config', '[a]\nx = 1\n[b]\ny = 2\n', 10, 14)).toBe(false)
  expect(await sound('service', 'a:\n  b: 1\nc:\n  d: 2\n', 3, 10)).toBe(true)
  expect(await sound('service', 'a:\n  b: 1\nc:\n  d: 2\n', 10, 13)).toBe(false)
})
