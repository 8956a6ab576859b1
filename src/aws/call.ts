import type {Clock} from './clock.js'
import {TIME_LIMITS, type TimeLimits} from './client.js'
import {classify} from './errors.js'
import type {Observation} from './observation.js'

/** How long is waited for what may pass by itself. */
export interface Patience {
  readonly maxTries: number
  /** No try begins later than this after the first, in milliseconds. */
  readonly maxTryingMs: number
}

const PATIENCE: Patience = {maxTries: 3, maxTryingMs: 10_000}

/** The longest pause between two tries, in milliseconds. */
const MAX_PAUSE_MS = 15_000

/**
 * Bounds one call in time: the SDK's own time-outs do not end an answer that trickles. With a timer of our own, as
 * `AbortSignal.any` of an `AbortSignal.timeout` never fires once the garbage collector has been there (Node 20).
 */
export async function bounded<T>(
  call: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  {callMs}: TimeLimits = TIME_LIMITS,
): Promise<T> {
  const end = new AbortController()
  const leave = () => {
    end.abort(signal.reason)
  }
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, {once: true})
  const timer = setTimeout(() => {
    end.abort(new DOMException(`No answer in ${callMs} ms.`, 'TimeoutError'))
  }, callMs)
  try {
    return await call(end.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}

/** Tries again what may pass by itself: throttling and faults of the server. Unless told else three times, with jitter. */
export async function patiently<T>(
  call: () => Promise<T>,
  {
    signal,
    clock,
    observation,
    patience: {maxTries, maxTryingMs} = PATIENCE,
    waiting,
  }: {
    signal: AbortSignal
    clock: Clock
    observation: Observation
    patience?: Patience | undefined
    /** Told before each pause, in milliseconds. */
    waiting?: ((pauseMs: number) => void) | undefined
  },
): Promise<T> {
  const end = clock.now() + maxTryingMs
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (error) {
      const kind = classify(error, observation)
      const isPassing = kind === 'THROTTLED' || kind === 'AWS_SERVER_ERROR'
      const pause = Math.min(2 ** tries * 250, MAX_PAUSE_MS) * (0.5 + clock.random())
      if (!isPassing || tries >= maxTries || signal.aborted || clock.now() + pause > end) throw error
      waiting?.(pause)
      await clock.wait(pause, signal)
    }
  }
}
