/** Any sequence of our writes, others' writes and taking back, on a real disk. */
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {planUndo} from '../../src/files/undo.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {awsFiles} from '../../src/files/locations.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {commitPlan} from '../../src/files/commit.js'
import {runs, seed} from '../support/proof.js'

type Step =
  | {readonly by: 'us'; readonly profile: string; readonly secret: number; readonly region: string}
  | {
      readonly by: 'them'
      readonly section: number
      readonly value: number | undefined
      readonly isFirst: boolean
    }
  | {readonly by: 'undo'}

const US = fc.record({
  by: fc.constant('us' as const),
  profile: fc.constantFrom('default', 'work', 'new'),
  secret: fc.nat(3),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
})
const THEM = fc.record({
  by: fc.constant('them' as const),
  section: fc.nat(2),
  value: fc.option(fc.nat(3), {nil: undefined}),
  isFirst: fc.boolean(),
})
const UNDO = fc.constant({by: 'undo' as const})

const START = [
  '# all of it mine\n[default]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = first\n',
  '[default]\nregion = us-east-1\n\n[work]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH3\n# mine\naws_secret_access_key = second\n',
  '[work]\r\naws_access_key_id = AKIAQ7WERTYUIOPLKJH3\r\naws_secret_access_key = third\r\n\r\n',
  '',
]

/** A section of another program, written or taken away; what stands around it is left as it is. */
function withTheirs(text: string, {section, value, isFirst}: Step & {by: 'them'}): string {
  const is = new RegExp(String.raw`\[theirs-${section}\]\n# of \d\ntoken = \d\n\n`)
  const next = value === undefined ? '' : `[theirs-${section}]\n# of ${value}\ntoken = ${value}\n\n`
  if (is.test(text)) return text.replace(is, next)
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return isFirst ? next + text : text + (next && gap) + next
}

/** Lines of other programs, in their order. */
const theirLines = (text: string) => text.split('\n').filter((line) => /theirs|# of|token/.test(line))

const KEY_ID = parseAccessKeyId('AKIAQ7WERTYUIOPLKJH9')!
let home: string
const credentials = () => join(home, '.aws/credentials')
const files = () => awsFiles({HOME: home})
const read = () => readFileSync(credentials(), {encoding: 'latin1', flag: 'a+'})

async function ours({profile, secret, region}: Step & {by: 'us'}): Promise<boolean> {
  const change = {
    profile: parseProfileName(profile)!,
    key: {accessKeyId: KEY_ID, secretAccessKey: new Secret(String(secret).padStart(40, 'sEcr3t'))},
    region: parseRegion(region)!,
  }
  const plan = await planProfile(change, files())
  if (!plan.nothingToDo) await commitPlan(plan)
  return !plan.nothingToDo
}

async function undo(): Promise<boolean> {
  const plan = await planUndo(files())
  if (!plan.nothingToDo) await commitPlan(plan)
  return !plan.nothingToDo
}

async function withHome(start: string, work: () => Promise<void>): Promise<void> {
  home = mkdtempSync(join(tmpdir(), 'history-'))
  try {
    mkdirSync(join(home, '.aws'))
    writeFileSync(credentials(), start)
    await work()
  } finally {
    rmSync(home, {recursive: true, force: true})
  }
}

test('as many undos as writes, with nobody in between, give the first bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...START),
      fc.array(US, {minLength: 1, maxLength: 6}),
      async (start, steps) =>
        withHome(start, async () => {
          const before: string[] = []
          for (const step of steps) {
            const now = read()
            if (await ours(step)) before.push(now)
          }
          for (const text of before.toReversed()) {
            expect(await undo()).toBe(true)
            expect(read()).toBe(text)
          }
          expect(await undo()).toBe(false)
        }),
    ),
    {numRuns: runs(25), seed},
  )
})

test('lines of others stay byte for byte, whoever writes when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...START),
      fc.array(fc.oneof(US, THEM, UNDO), {minLength: 2, maxLength: 9}),
      async (start, steps) =>
        withHome(start, async () => {
          let alone = start
          for (const step of steps) {
            if (step.by === 'us') await ours(step)
            else if (step.by === 'undo') await undo()
            else {
              writeFileSync(credentials(), withTheirs(read(), step), 'latin1')
              alone = withTheirs(alone, step)
            }
            expect(theirLines(read())).toEqual(theirLines(alone))
          }
          while (await undo());
          expect(read()).toBe(alone)
        }),
    ),
    {numRuns: runs(40), seed},
  )
})
