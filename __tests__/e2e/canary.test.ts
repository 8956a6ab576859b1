import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {inspect} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {welcome} from '../../flows/welcome/flow.js'
import {Driver} from '../../src/engine/driver.js'
import type {Answer, AskStep} from '../../src/engine/types.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {realPorts} from '../../src/adapters/ports.js'
import {findCanary} from '../support/canary.js'
import {homeSandbox} from '../support/home.js'
import {runs, seed} from '../support/proof.js'

/** A small generator of repeatable chance (mulberry32). */
function chance(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+'
const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Sessions that run side by side: most of their time is waiting. */
const AT_ONCE = 20

const FAULTS = [
  'invalid-key',
  'signature-mismatch',
  'expired-token',
  'clock-skew',
  'access-denied',
  'throttling',
  'server-error',
  'html',
  'truncated',
  'reset',
  'empty',
  'not-xml',
  'opt-in-required',
  'wrong-partition',
  'redirect',
] as const

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(async () => practice.close())

/** One session of chance: random answers, random faults, a file with other secrets to begin with. */
async function session(random: () => number): Promise<{
  readonly artefacts: string
  readonly secrets: readonly string[]
  readonly dir: string
  remove(): void
}> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const letters = (alphabet: string, length: number) =>
    Array.from({length}, () => pick([...alphabet])).join('')
  const secrets = [letters(ALPHABET, 40), letters(ALPHABET, 40), letters(ALPHABET, 120)]
  const [secret, oldSecret, token] = secrets as [string, string, string]
  const isKnown = random() < 0.5
  const issued = isKnown ? practice.issueKey({userName: `u${letters(ID_ALPHABET, 12)}`}) : undefined
  const id = issued?.accessKeyId ?? `${pick(['AKIA', 'ASIA'])}${letters(ID_ALPHABET, 16)}`
  const real = issued && random() < 0.8 ? issued.secretAccessKey : secret
  if (issued) secrets.push(issued.secretAccessKey)

  const home = homeSandbox({env: {AWS_ENDPOINT_URL: practice.url, BROWSER: 'none'}})
  if (random() < 0.7) {
    mkdirSync(join(home.path, '.aws'))
    const profile = pick(['default', 'work'])
    const broken = pick([
      '',
      '',
      '',
      '\u0000',
      `\n[${profile}]\naws_secret_access_key = ${oldSecret}\n`,
      '\nnonsense',
    ])
    writeFileSync(
      join(home.path, '.aws', 'credentials'),
      `[${profile}]\naws_access_key_id = AKIA${letters(ID_ALPHABET, 16)}\naws_secret_access_key = ${oldSecret}\n# spare: ${oldSecret}\n${broken}`,
    )
  }
  const removeFault =
    random() < 0.4
      ? practice.faults.add({kind: pick(FAULTS), times: 1 + Math.floor(random() * 3)})
      : undefined

  const texts: Record<string, () => string> = {
    key: () =>
      pick([
        id,
        `${id} ${real}`,
        `${real}\n${id}`,
        `Access key ID,Secret access key\r\n${id},${real}`,
        `export AWS_ACCESS_KEY_ID=${id}\nexport AWS_SECRET_ACCESS_KEY=${real}\nexport AWS_SESSION_TOKEN=${token}`,
        JSON.stringify({AccessKey: {AccessKeyId: id, SecretAccessKey: real}}),
        real,
        `"${real}"`,
        `${id} ${real.slice(0, 30)}`,
        `password: ${real}`,
      ]),
    secret: () => pick([real, real, `${real} `, `"${real}"`, real.slice(1), id]),
    token: () => pick([token, token.slice(0, 10)]),
    profile: () => pick(['default', 'work', 'new', 'a b', real]),
    'root-account': () => pick(['123456789012', real]),
  }
  const artefacts: string[] = []
  const ports = realPorts({env: home.env, options: {command: 'wizard', dryRun: false, noBrowser: true}})
  const driver = new Driver(welcome({}), {ports})
  const keep = () => artefacts.push(JSON.stringify(driver.snapshot), inspect(driver.snapshot, {depth: 6}))
  driver.subscribe(keep)
  keep()
  for (let turn = 0; turn < 40; turn += 1) {
    const {step, serial} = driver.snapshot
    if (step.kind === 'end') break
    if (random() < 0.05) driver.back()
    else if (step.kind === 'show') driver.proceed()
    else if (step.kind === 'ask') {
      const complaint = driver.answer(answerFor(step as AskStep<unknown, unknown>, pick, texts))
      if (complaint) artefacts.push(JSON.stringify(complaint))
    } else await change(driver, serial)
  }
  driver.cancel()
  artefacts.push(inspect(await driver.finished, {depth: 12}))
  removeFault?.()
  return {artefacts: artefacts.join('\n'), secrets, dir: home.path, remove: home.remove}
}

function answerFor(
  {id, question}: AskStep<unknown, unknown>,
  pick: <T>(items: readonly T[]) => T,
  texts: Record<string, () => string>,
): Answer {
  if (question.kind === 'select') return pick(question.choices).id
  if (question.kind === 'confirm') return pick([true, false])
  return texts[id]?.() ?? ''
}

/** Until the step is another one; work that waits for time is left by going back. */
async function change(
  driver: {
    readonly snapshot: {readonly serial: number}
    subscribe(listener: () => void): () => void
    back(): void
  },
  serial: number,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => driver.back(), 250)
    const stop = driver.subscribe(() => {
      if (driver.snapshot.serial === serial) return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
}

describe('canary secrets', () => {
  const count = runs(300)
  test(`appear in nothing but the credentials file and what is kept for undo, in ${count} sessions of chance`, async () => {
    const warnings: string[] = []
    const write = process.stderr.write.bind(process.stderr)
    process.stderr.write = ((chunk: string) => (
      warnings.push(String(chunk)),
      true
    )) as typeof process.stderr.write
    const all: string[] = []
    const one = async (index: number) => {
      const {artefacts, secrets, dir, remove} = await session(chance(seed + index))
      const hits = [
        ...findCanary(artefacts, secrets),
        ...findCanary(
          {dir, except: ['.aws/credentials'], exceptBelow: '.local/state/serverless-setup/undo'},
          secrets,
        ),
      ]
      remove()
      all.push(...secrets)
      if (hits.length > 0)
        throw new Error(`session ${index}: ${JSON.stringify(hits.map(({form, where}) => ({form, where})))}`)
    }
    try {
      for (let from = 0; from < count; from += AT_ONCE) {
        await Promise.all(
          Array.from({length: Math.min(AT_ONCE, count - from)}, (_, offset) => one(from + offset)),
        )
      }
      expect(findCanary(warnings.join(''), all)).toEqual([])
    } finally {
      process.stderr.write = write
    }
  }, 240_000)
})
