import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {giveKey, open, pasteKey, scene, type Scene} from './wizard.js'
import {findCanary} from '../support/canary.js'

let stage: Scene
beforeAll(async () => {
  stage = await scene()
})
afterAll(async () => stage.close())

/** Each fault, the code on its screen, and the words that a person reads there. */
const FAULTS = [
  ['invalid-key', 'INVALID_CLIENT_TOKEN', 'AWS does not know this access key.'],
  ['signature-mismatch', 'SIGNATURE_MISMATCH', 'the secret does not belong to it'],
  ['expired-token', 'EXPIRED_TOKEN', 'have expired'],
  ['access-denied', 'ACCESS_DENIED', 'does not allow sts:GetCallerIdentity'],
  ['clock-skew', 'CLOCK_SKEW', 'The clock of this machine is wrong.'],
  ['throttling', 'THROTTLED', 'too many requests'],
  ['server-error', 'AWS_SERVER_ERROR', 'AWS has a fault of its own.'],
  ['html', 'PROXY_ANSWERED', 'did not answer as AWS would'],
  ['reset', 'CONNECTION_RESET', 'was cut'],
  ['truncated', 'CONNECTION_RESET', 'was cut'],
  ['not-xml', 'BAD_ANSWER', 'an answer that AWS would not give'],
  ['redirect', 'BAD_ANSWER', 'an answer that AWS would not give'],
  ['silence', 'TIMED_OUT', 'did not answer in time'],
] as const

/** Where the key itself is at fault, the way on that comes first is to enter it, or its secret alone. */
const ENTERED_AGAIN: Readonly<Record<string, string>> = {
  INVALID_CLIENT_TOKEN: 'Enter the key again',
  EXPIRED_TOKEN: 'Enter the key again',
  SIGNATURE_MISMATCH: 'Enter the secret again',
}

describe('each fault has its screen, and the way on from it', () => {
  test.each(FAULTS)(
    '%s',
    async (kind, code, words) => {
      const key = stage.practice.issueKey({userName: `fault-${kind}`})
      const remove = stage.practice.faults.add({
        kind,
        action: 'sts:GetCallerIdentity',
        ...(kind === 'clock-skew' ? {ms: 3_600_000} : {}),
      })
      const terminal = await open(stage, {
        args: ['--path', 'local', '--profile', 'faulty', '--region', 'eu-west-1'],
      })
      await giveKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
      await terminal.see(code, {timeoutMs: 25_000}).finally(remove)
      const screen = terminal.screen().join(' ').replace(/\s+/g, ' ')
      expect(screen).toContain(words)
      expect(screen).toContain('→')
      expect(screen).toContain(`❯ ${ENTERED_AGAIN[code] ?? 'Try again'}`)
      terminal.press('enter')
      if (code === 'SIGNATURE_MISMATCH') {
        await terminal.see('? Enter AWS Secret Access Key:')
        terminal.type(key.secretAccessKey)
        terminal.press('enter')
      } else if (ENTERED_AGAIN[code]) {
        await terminal.see('? Enter AWS Access Key ID:')
        await pasteKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
      }
      await terminal.see('The key works')
      terminal.press('ctrl+c')
      expect(await terminal.exit()).toMatchObject({code: 130})
      expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
    },
    45_000,
  )
})

test('a new key that is not valid yet is waited for with a countdown', async () => {
  stage.practice.account.keyDelayMs = 2_500
  const key = stage.practice.issueKey({userName: 'fresh'})
  const terminal = await open(stage, {
    args: ['--path', 'local', '--profile', 'fresh', '--region', 'eu-west-1'],
    cols: 60,
    rows: 20,
  })
  await terminal.see('Do you have an AWS account?')
  terminal.press('enter')
  await terminal.see('How do you want')
  terminal.press('down', 'enter')
  await terminal.see('What may this access key do')
  terminal.press('enter')
  await terminal.see('One command in AWS CloudShell')
  terminal.press('enter')
  await terminal.see('Enter AWS Access Key ID:')
  terminal.paste(`${key.accessKeyId} ${key.secretAccessKey}`)
  await terminal.see('pasted, hidden')
  terminal.press('enter')
  await terminal.see(/\d+ s left/)
  await terminal.see('The key works')
  stage.practice.account.keyDelayMs = 0
  terminal.press('ctrl+c')
  expect(await terminal.exit()).toMatchObject({code: 130})
}, 30_000)

test('a region that is not enabled is told apart from a bad key, and another one is a step away', async () => {
  const key = stage.practice.issueKey({userName: 'opt-in'})
  const terminal = await open(stage, {args: ['--path', 'local', '--profile', 'opt', '--region', 'ap-east-1']})
  await giveKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
  await terminal.see('REGION_DISABLED')
  await terminal.see('❯ Choose another region')
  terminal.press('enter')
  await terminal.see('Region to deploy to')
  terminal.type('ireland')
  await terminal.see('❯ eu-west-1')
  terminal.press('enter')
  await terminal.see('The key works')
  terminal.press('ctrl+c')
  expect(await terminal.exit()).toMatchObject({code: 130})
}, 30_000)
