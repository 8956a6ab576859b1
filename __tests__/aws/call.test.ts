import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {describe, expect, test} from '@jest/globals'
import {bounded, patiently} from '../../src/aws/call.js'

/** Ends when the signal aborts, and holds no more of it than an HTTP client does. */
async function untilAborted(signal: AbortSignal): Promise<never> {
  if (signal.aborted) throw new Error('ended')
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), {once: true})
  })
}

const never = new AbortController().signal

describe('a call that is bounded in time', () => {
  test('ends though the garbage collector was there', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const collecting = setInterval(collect, 5)
    const ended = bounded(untilAborted, never, {connectMs: 50, callMs: 50})
    // Keeps the test from waiting for what never comes.
    const late = new Promise((resolve) => setTimeout(resolve, 1_000, 'never ended'))
    const outcome = await Promise.race([ended.catch((error: unknown) => (error as Error).message), late])
    clearInterval(collecting)
    expect(outcome).toBe('ended')
  })

  test('ends at once when the person leaves, and when there is nobody to begin with', async () => {
    const leaving = new AbortController()
    const ended = bounded(untilAborted, leaving.signal, {connectMs: 50, callMs: 60_000})
    leaving.abort()
    await expect(ended).rejects.toThrow('ended')
    await expect(bounded(untilAborted, leaving.signal)).rejects.toThrow('ended')
  })
})

test('what takes long is not tried again: no try begins more than ten seconds after the first', async () => {
  const busy = {name: 'Throttling', $fault: 'client', $metadata: {httpStatusCode: 400}}
  const tries = async (callMs: number) => {
    let now = 0
    let count = 0
    const clock = {now: () => now, random: () => 0.5, wait: async (ms: number) => void (now += ms)}
    const call = async () => {
      count += 1
      now += callMs
      throw busy
    }
    await expect(patiently(call, {signal: never, clock, observation: {}})).rejects.toBe(busy)
    return count
  }
  expect([await tries(100), await tries(5_000), await tries(9_900)]).toEqual([3, 2, 1])
})
