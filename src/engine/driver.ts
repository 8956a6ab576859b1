import {DryRunStop} from '../domain/dry-run.js'
import {Failure, type ValidationError} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {checkAnswer, describeAnswer} from './answers.js'
import {dryRunEnd} from './dry-run-end.js'
import {toProblem} from './to-problem.js'
import {offersOf} from './offers.js'
import type {Answer, AskStep, EndStep, Flow, OfferResult, Step, WorkStep} from './types.js'

/** One answered step, collapsed to a line. */
export interface TrailEntry {
  /** Id of the step that was answered. */
  readonly id: string
  readonly question: SafeText
  readonly answer?: SafeText
  /** The answer did not hold: what stands now says why. */
  readonly isRefused?: boolean
}

/** What a front end needs to draw. A new object for every change, so identity tells whether to draw again. */
export interface Snapshot<E, P, O> {
  readonly step: Step<E, P, O>
  /** Grows by one each time a step is entered; a widget made for another serial is stale. */
  readonly serial: number
  readonly trail: readonly TrailEntry[]
  readonly canGoBack: boolean
  /** The question was answered beforehand: it is shown to be followed, not to be asked. */
  readonly isPassing?: boolean
  /** What the running work or the last offer has to say. */
  readonly note?: SafeText
  /** When the running work began, in milliseconds of the driver's clock. */
  readonly workStartedAt?: number
  /** What was answered here before Esc led back: what the question begins with. Never a secret. */
  readonly earlier?: Answer
}

/**
 * How a flow was left. `unanswered`: nobody was there to answer `step`. `isUntouched`: no write had begun and no
 * barrier was passed, so that nothing on the machine has changed.
 */
export type Ended<E, P, O> =
  | {readonly kind: 'done'; readonly outcome: O; readonly trail: readonly TrailEntry[]}
  | {
      readonly kind: 'left'
      readonly isUntouched: boolean
      /** What undo does not take back, a sentence each. */
      readonly stays?: readonly SafeText[]
      readonly resume?: SafeText
    }
  | {readonly kind: 'unanswered'; readonly step: AskStep<E, P>; readonly complaint?: ValidationError}

export interface DriverOptions<P> {
  readonly ports: P
  /** Answers given beforehand, by step id. Each is used the first time its question comes up. */
  readonly presets?: ReadonlyMap<string, Answer>
  /** Nobody is there: a question without a preset or an assumed answer ends the flow as `unanswered`. */
  readonly isUnattended?: boolean
  /** Takes assumed answers without asking, even where somebody is there (`--yes`). */
  readonly takesAssumed?: boolean
  /** A person is there who can answer, where what was given beforehand is no answer. */
  readonly asksAgain?: boolean
  /** Told about every error that is no `Failure`: a defect of ours. */
  readonly onUnexpected?: (error: unknown) => void
  /** Milliseconds; injected so that tests own the clock. */
  readonly now?: () => number
}

interface Visit<S> {
  readonly state: S
  readonly trail: readonly TrailEntry[]
  /** What was answered there, where it may be shown again. */
  readonly answered?: {readonly id: string; readonly value: Answer}
}

/** A step entered so often with no person in between leads back to itself for ever. */
const MOST_ENTRIES_ALONE = 25

/**
 * Drives one flow: keeps the stack that Esc goes back on, runs work with an abort signal, turns thrown failures
 * into events. Front ends only draw `snapshot` and call `answer`, `proceed`, `offer`, `back` and `cancel`.
 */
export class Driver<S, E, P, O> {
  readonly finished: Promise<Ended<E, P, O>>

  readonly #flow: Flow<S, E, P, O>
  readonly #ports: P
  readonly #presets: Map<string, Answer>
  readonly #takesAssumed: boolean
  readonly #asksAgain: boolean
  #isUnattended: boolean
  readonly #now: () => number
  readonly #onUnexpected: (error: unknown) => void
  readonly #listeners = new Set<() => void>()
  #finish!: (ended: Ended<E, P, O>) => void
  #state: S
  #visits: Visit<S>[] = []
  #trail: readonly TrailEntry[] = []
  /** So much of the trail is from before a barrier, and stays. */
  #settled = 0
  #serial = 0
  #snapshot!: Snapshot<E, P, O>
  #running: {readonly abort: AbortController; readonly settled: Promise<void>} | undefined
  #hasEnded = false
  #isLeaving = false
  #isUntouched = true
  /** What the work has left that undo does not take back, by step id. Esc takes none of it back either. */
  readonly #stays = new Map<string, SafeText>()
  /** How often each step was entered since a person last did something, by step id. */
  readonly #alone = new Map<string, number>()
  /** Answers that Esc has led back over, by step id. */
  readonly #earlier = new Map<string, Answer>()
  #fail!: (error: Error) => void

  constructor(flow: Flow<S, E, P, O>, options: DriverOptions<P>) {
    this.#flow = flow
    this.#ports = options.ports
    this.#presets = new Map(options.presets)
    this.#isUnattended = options.isUnattended ?? false
    this.#takesAssumed = options.takesAssumed ?? false
    this.#asksAgain = options.asksAgain ?? false
    this.#now = options.now ?? Date.now
    this.#onUnexpected = options.onUnexpected ?? (() => undefined)
    this.#state = flow.initial
    this.finished = new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
    })
    // Whoever drives this awaits it later; until then a defect must not end the program.
    this.finished.catch(() => undefined)
    this.#enter()
  }

  get snapshot(): Snapshot<E, P, O> {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Answers the question that stands now. Returns what is wrong with the answer, or nothing when it was taken. */
  answer(value: Answer): ValidationError | undefined {
    const {step} = this.#snapshot
    if (step.kind !== 'ask' || this.#hasEnded) return undefined
    const complaint = checkAnswer(step.question, value)
    if (complaint) return complaint
    this.#alone.clear()
    const answered = mayShowAgain(step, value) ? {answered: {id: step.id, value}} : {}
    if (!step.isMomentary) this.#visits.push({state: this.#state, trail: this.#trail, ...answered})
    this.#take(step, value)
    return undefined
  }

  /** Goes on from a `show` step; with a serial only from that visit to it, and not as a person does. */
  proceed(serial?: number): void {
    const {step} = this.#snapshot
    if (step.kind !== 'show' || this.#hasEnded || (serial ?? this.#serial) !== this.#serial) return
    if (serial === undefined) this.#alone.clear()
    if (step.isAside && this.#snapshot.canGoBack) return this.#goBack()
    this.#visits.push({state: this.#state, trail: this.#trail})
    this.#move(step.next)
  }

  /**
   * Runs the offer bound to `key`; resolves to what the front end has to carry out. Its note is shown here.
   * A turn ends the running work and leads to its place.
   */
  async offer(key: string): Promise<OfferResult | undefined> {
    const {step, serial} = this.#snapshot
    const offer = offersOf(step).find((candidate) => candidate.key === key)
    if (!offer || this.#hasEnded) return undefined
    this.#alone.clear()
    if ('event' in offer) {
      this.#running?.abort.abort()
      this.#running = undefined
      this.#move(offer.event)
      return undefined
    }
    const result: OfferResult = await offer
      .run(this.#ports)
      .catch((error: unknown) => ({note: toProblem(error).what}))
    if (this.#snapshot.serial !== serial) return undefined
    if ('note' in result && result.note) this.#update({note: result.note})
    return result
  }

  /** What a front end has to say of something that it carried out while this step stood. */
  tell(note: SafeText, serial: number): void {
    if (serial === this.#serial && !this.#hasEnded) this.#update({note})
  }

  /** Esc: to the screen before; running work is aborted first. Does nothing where there is no way back. */
  back(): void {
    if (!this.#snapshot.canGoBack || this.#hasEnded) return
    this.#alone.clear()
    this.#goBack()
  }

  #goBack(): void {
    this.#running?.abort.abort()
    this.#running = undefined
    const visit = this.#visits.pop()
    if (!visit) return
    if (visit.answered) this.#earlier.set(visit.answered.id, visit.answered.value)
    this.#state = visit.state
    this.#trail = visit.trail
    this.#enter()
  }

  /** Ctrl+C: leaves; work is aborted, and a write in progress is waited for, so nothing is half-done. */
  cancel(): void {
    if (this.#hasEnded || this.#isLeaving) return
    const {step} = this.#snapshot
    const running = this.#running
    running?.abort.abort()
    if (running && step.kind === 'work' && step.isCritical) {
      this.#isLeaving = true
      this.#update({note: say`Finishing the write, then leaving`})
      void running.settled.then(() => {
        this.#end({kind: 'left', isUntouched: this.#isUntouched, ...this.#waysOf(step)})
      })
      return
    }
    this.#end({kind: 'left', isUntouched: this.#isUntouched, ...this.#waysOf(step)})
  }

  #waysOf(step: Step<E, P, O>) {
    return {
      ...(this.#stays.size > 0 ? {stays: [...this.#stays.values()]} : {}),
      ...('resume' in step && step.resume !== undefined ? {resume: step.resume} : {}),
    }
  }

  /** From now on nobody is there (standard input has ended). A question that stands is answered or ends the flow. */
  goOnUnattended(): void {
    if (this.#isUnattended || this.#hasEnded) return
    this.#isUnattended = true
    const {step} = this.#snapshot
    if (step.kind === 'ask') this.#answerBeforehand(step)
    if (step.kind === 'show') this.proceed(this.#serial)
  }

  #take(step: AskStep<E, P>, value: Answer): void {
    this.#earlier.delete(step.id)
    if (step.trail !== false) {
      const answer = step.trail ? step.trail(value) : describeAnswer(step.question, value)
      this.#trail = [...this.#trail, {id: step.id, question: step.question.message, answer}]
    }
    this.#move(step.answer(value))
  }

  #move(event: E): void {
    this.#state = this.#flow.next(this.#state, event)
    this.#enter()
  }

  /** Makes the step of the current state stand, and starts what it asks for. */
  #enter(): void {
    const step = this.#withWhatStays(this.#flow.view(this.#state))
    this.#serial += 1
    if (step.kind !== 'end' && step.isBarrier) {
      this.#visits = []
      this.#earlier.clear()
      this.#settled = this.#trail.length
      this.#isUntouched = false
    }
    this.#trail = this.#trailUpTo(step.id)
    const isCritical = step.kind === 'work' && step.isCritical === true
    if (isCritical && !step.isNotKept) this.#isUntouched = false
    const earlier = step.kind === 'ask' ? this.#earlierAnswer(step) : undefined
    this.#snapshot = {
      step,
      serial: this.#serial,
      trail: step.kind === 'ask' ? marked(this.#trail, step.refuses) : this.#trail,
      canGoBack: this.#visits.length > 0 && !isCritical && step.kind !== 'end',
      ...(step.kind === 'work' ? {workStartedAt: this.#now()} : {}),
      ...(earlier === undefined ? {} : {earlier}),
    }
    if (step.kind === 'end') {
      this.#end({kind: 'done', outcome: step.outcome, trail: this.#trail})
      return
    }
    const entries = (this.#alone.get(step.id) ?? 0) + 1
    this.#alone.set(step.id, entries)
    if (entries > MOST_ENTRIES_ALONE && this.#endsLoop(step)) return
    if (step.kind === 'work') {
      this.#start(step)
      // What a dry run does not carry out ends in this turn: it is not told as begun.
      const serial = this.#serial
      setImmediate(() => {
        if (this.#serial === serial && !this.#hasEnded) this.#emit()
      })
      return
    }
    if (step.kind === 'ask' && this.#answerBeforehand(step)) return
    this.#emit()
    if (step.kind === 'show' && this.#isUnattended) {
      const serial = this.#serial
      queueMicrotask(() => this.proceed(serial))
    }
  }

  #withWhatStays(step: Step<E, P, O>): Step<E, P, O> {
    if (step.kind !== 'end' || !step.isLeft || this.#stays.size === 0) return step
    const panel = {kind: 'prose', lines: [...this.#stays.values()]} as const
    return {...step, panels: [...(step.panels ?? []), panel]}
  }

  /** What was answered here before, and all after it, is asked once more: it no longer holds. */
  #trailUpTo(id: string): readonly TrailEntry[] {
    const at = this.#trail.findIndex((entry, index) => index >= this.#settled && entry.id === id)
    return at < 0 ? this.#trail : this.#trail.slice(0, at)
  }

  /**
   * Breaks out of a loop that no person takes part in; true when that has ended the flow. Where somebody is there
   * they are asked from now on, and may find the way out.
   */
  #endsLoop(step: Step<E, P, O>): boolean {
    if (step.kind === 'ask') {
      if (!this.#isUnattended) return false
      const complaint = {what: say`It leads back to this question again and again.`}
      this.#end({kind: 'unanswered', step, complaint})
      return true
    }
    // A question in the loop comes first: it can name what was asked.
    if ((this.#alone.get(step.id) ?? 0) <= 2 * MOST_ENTRIES_ALONE) return false
    this.#hasEnded = true
    this.#fail(new Error(`The step ${step.id} leads back to itself again and again.`))
    this.#emit()
    return true
  }

  /** What was answered here before Esc led back, where it still is an answer. */
  #earlierAnswer(step: AskStep<E, P>): Answer | undefined {
    const value = this.#earlier.get(step.id)
    return value === undefined || checkAnswer(step.question, value) ? undefined : value
  }

  /** A preset answers a question once; true when the flow moved on or ended. */
  #answerBeforehand(step: AskStep<E, P>): boolean {
    const preset = this.#presets.get(step.id)
    const isLoop = (this.#alone.get(step.id) ?? 0) > MOST_ENTRIES_ALONE
    const mayAssume = (this.#isUnattended || this.#takesAssumed) && !isLoop
    const value = preset ?? (mayAssume ? step.unattended?.assume : undefined)
    this.#presets.delete(step.id)
    if (value !== undefined) {
      const complaint = checkAnswer(step.question, value)
      if (complaint && this.#asksAgain && !this.#isUnattended) {
        this.#snapshot = {
          ...this.#snapshot,
          note: say`What was given beforehand was refused: ${complaint.what}`,
        }
        return false
      }
      if (complaint) {
        this.#end({kind: 'unanswered', step, complaint})
        return true
      }
      this.#update({isPassing: true})
      this.#take(step, value)
      return true
    }
    if (!this.#isUnattended) return false
    this.#end({kind: 'unanswered', step})
    return true
  }

  #start(step: WorkStep<E, P>): void {
    const abort = new AbortController()
    const serial = this.#serial
    const isCurrent = () => this.#serial === serial && !this.#hasEnded
    const context = {
      signal: abort.signal,
      report: (note: SafeText) => {
        if (isCurrent() && !this.#isLeaving) this.#update({note})
      },
    }
    const settled = Promise.resolve()
      .then(() => step.run(this.#ports, context))
      .catch((error: unknown) => {
        if (error instanceof DryRunStop) return error
        if (!(error instanceof Failure)) this.#onUnexpected(error)
        return step.failed(toProblem(error))
      })
      .then((event) => {
        if (!isCurrent()) return
        if (event instanceof DryRunStop) return this.#stop(event)
        this.#running = undefined
        if (this.#isLeaving) return
        const left = step.leaves?.(event)
        if (left) this.#stays.set(step.id, left)
        const words = step.trail?.(event)
        if (words) this.#trail = [...this.#trail, {id: step.id, question: words}]
        this.#move(event)
      })
    this.#running = {abort, settled}
  }

  /** The flow cannot go on without what is not to be done. Its own outcomes know nothing of that. */
  #stop(reason: DryRunStop): void {
    const step = dryRunEnd(reason) as EndStep<unknown> as EndStep<O>
    this.#serial += 1
    this.#snapshot = {step, serial: this.#serial, trail: this.#trail, canGoBack: false}
    this.#end({kind: 'done', outcome: step.outcome, trail: this.#trail})
  }

  #update(change: Partial<Snapshot<E, P, O>>): void {
    this.#snapshot = {...this.#snapshot, ...change}
    this.#emit()
  }

  #end(ended: Ended<E, P, O>): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#emit()
    this.#finish(ended)
  }

  #emit(): void {
    for (const listener of this.#listeners) listener()
  }
}

function marked(trail: readonly TrailEntry[], refused: readonly string[] = []): readonly TrailEntry[] {
  if (refused.length === 0) return trail
  return trail.map((entry) => (refused.includes(entry.id) ? {...entry, isRefused: true} : entry))
}

/** Whether an answer may stand on the screen once more: no secret, and nothing of which a part is hidden. */
function mayShowAgain<E, P>({question}: AskStep<E, P>, value: Answer): boolean {
  if (question.kind === 'secret') return false
  return question.kind !== 'paste' || question.reveal(value as string) === value
}
