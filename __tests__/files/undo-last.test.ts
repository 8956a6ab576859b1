/** Undo is about the last command: what is not to be found of it is said, and the one before it stays as it is. */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {commitPlan} from '../../src/files/commit.js'
import {awsFiles} from '../../src/files/locations.js'
import {journalAt} from '../../src/files/journal.js'
import {planUndo} from '../../src/files/undo.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {setIn} from '../../src/service/change/set.js'
import {planServiceEdit} from '../../src/service/service-file.js'
import {TEMPLATES} from '../../src/service/template-list.js'
import {planService} from '../../src/service/templates.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {codeOf} from '../support/code-of.js'

let home: string
const at = (name: string) => join(home, name)
const files = () => awsFiles({HOME: home})
const read = (name: string) => readFileSync(at(name), 'utf8')
const CREDENTIALS = '.aws/credentials'
const CONFIG = '.aws/config'

function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), {recursive: true})
  writeFileSync(at(name), text)
}
const change = (name: string, by: (text: string) => string) => write(name, by(read(name)))

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'undo-last-'))
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

async function save(profile: string, id = 'AKIAQ7WERTYUIOPLKJH2'): Promise<void> {
  const key = {accessKeyId: parseAccessKeyId(id)!, secretAccessKey: new Secret(id.charAt(4).repeat(40))}
  const wanted = {profile: parseProfileName(profile)!, key, region: parseRegion('eu-west-1')!}
  await commitPlan(await planProfile(wanted, files()))
}

const kept = async () => (await journalAt(files().journal!).read()).length

/** Nothing of the command before is touched, and both are still kept. */
async function expectStays(work: () => Promise<unknown>, names: readonly string[]): Promise<void> {
  const before = names.map(read)
  expect(await codeOf(work())).toBe('UNDO_NOT_FOUND')
  expect(names.map(read)).toEqual(before)
  expect(await kept()).toBe(2)
}

describe('what the last command wrote has another shape now', () => {
  test.each([
    ['a remark behind it', 'profile: work', 'profile: work # the dev account'],
    ['quotation marks', 'profile: work', "profile: 'work'"],
    ['other blanks', '  profile: work', '  profile:  work'],
    ['another value', 'profile: work', 'profile: other'],
  ])('in the file of a service: %s; it is asked about', async (_what, ours, theirs) => {
    await save('work')
    write('serverless.yml', 'service: shop\nprovider:\n  name: aws\n')
    const path = at('serverless.yml')
    await commitPlan(
      await planServiceEdit(
        path,
        (document) => setIn(document, ['provider', 'profile'], 'work'),
        files().journal,
      ),
    )
    change('serverless.yml', (text) => text.replace(ours, theirs))
    const plan = await planUndo(files())
    expect(plan).toMatchObject({
      files: [],
      canReplace: true,
      touched: [{theirs: [`  ${theirs.trimStart()}\n`], old: []}],
    })
    const old = await planUndo(files(), {way: 'old'})
    await commitPlan(old)
    expect(read('serverless.yml')).toBe('service: shop\nprovider:\n  name: aws\n')
    expect(await kept()).toBe(1)
  })

  test('a profile that was renamed and formatted', async () => {
    await save('default', 'AKIAOLDOLDOLDOLD2222')
    await save('x')
    change(CREDENTIALS, (text) =>
      text.replace(/\[x\][^]*/, (of) => of.replaceAll(' = ', '=').replace('[x]', '[prod]')),
    )
    change(CONFIG, (text) =>
      text.replace(/\[profile x\][^]*/, (of) =>
        of.replaceAll(' = ', '=').replace('profile x', 'profile prod'),
      ),
    )
    await expectStays(async () => planUndo(files()), [CREDENTIALS, CONFIG])
  })

  test.each([
    ['many remarks within', (text: string) => text.replace('[x]\n', `[x]\n${'# a\n'.repeat(25)}`)],
    ['another name and other blanks', (text: string) => text.replaceAll(' = ', '=').replace('[x]', '[prod]')],
    ['blanks at the ends of lines', (text: string) => text.replaceAll('\n', '  \n')],
  ])(
    'a key in a file of its own, with %s: what is found goes, and the rest is told and kept',
    async (_what, by) => {
      await save('x')
      change(CREDENTIALS, by)
      const plan = await planUndo(files())
      expect(plan.warnings.map(({code}) => code)).toContain('UNDO_NOT_FOUND')
      await commitPlan(plan)
      expect(read(CREDENTIALS)).toContain('AKIAQ7WERTYUIOPLKJH2')
      expect(await kept()).toBe(1)
    },
  )
})

test('two undos of the same, shown at once: the second is told that the files have changed', async () => {
  await save('default')
  const [one, two] = [await planUndo(files()), await planUndo(files())]
  await commitPlan(one)
  expect(existsSync(at('.aws'))).toBe(false)
  expect(await codeOf(commitPlan(two))).toBe('FILE_CHANGED')
})

describe('nothing is left of what the last command wrote', () => {
  /** It is told, taken off the list, and only a further undo is about the command before. */
  async function expectSpent(): Promise<void> {
    const before = read(CREDENTIALS)
    const plan = await planUndo(files())
    expect(plan).toMatchObject({isSpent: true, nothingToDo: true, files: []})
    await commitPlan(plan)
    expect(read(CREDENTIALS)).toBe(before)
    expect(await kept()).toBe(1)
    await commitPlan(await planUndo(files()))
    expect(existsSync(at(CREDENTIALS))).toBe(false)
    expect(await kept()).toBe(0)
  }

  test('as it was killed before it wrote', async () => {
    await save('default', 'AKIAOLDOLDOLDOLD2222')
    const [credentials, config] = [read(CREDENTIALS), read(CONFIG)]
    await save('x')
    write(CREDENTIALS, credentials)
    write(CONFIG, config)
    await expectSpent()
  })

  test('as its section was taken out by hand, and others have written', async () => {
    await save('default', 'AKIAOLDOLDOLDOLD2222')
    await save('x')
    change(CREDENTIALS, (text) => text.replace(/\n*\[x\][^]*/, '\n'))
    change(CONFIG, (text) => text.replace(/\n*\[profile x\][^]*/, '\n'))
    const plan = await planUndo(files())
    expect(plan).toMatchObject({isSpent: true, files: []})
  })

  test('as the service that it made was moved', async () => {
    await save('default', 'AKIAOLDOLDOLDOLD2222')
    const shelf = join(process.cwd(), 'templates')
    const made = await planService(at('shop'), TEMPLATES[0]!, 'shop', {shelf, journal: files().journal})
    await commitPlan(made)
    renameSync(at('shop'), at('elsewhere'))
    await expectSpent()
    expect(existsSync(at('elsewhere/serverless.yml'))).toBe(true)
  })
})
