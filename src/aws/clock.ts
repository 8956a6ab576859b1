import {setTimeout as delay} from 'node:timers/promises'

/** Time as the rest of this room sees it: injected, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** From 0 to 1, for jitter. */
  random(): number
}

export const systemClock: Clock = {
  now: Date.now,
  wait: async (ms, signal) => delay(ms, undefined, {signal}),
  random: Math.random,
}
