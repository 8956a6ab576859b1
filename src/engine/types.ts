import type {ValidationError, Problem} from '../domain/problem.js'
import type {OptionUse} from '../domain/option-names.js'
import type {SafeText} from '../text/safe-text.js'
import type {Shell} from '../text/shell.js'

/**
 * A path through the wizard as a pure state machine. Each state says what to show; a front end decides how.
 *
 * S: state, plain data. E: events. P: the ports that work and offers may use. O: the outcome of the path.
 */
export interface Flow<S, E, P, O> {
  readonly initial: S
  /** What stands on the screen in this state. Pure. */
  view(state: S): Step<E, P, O>
  /** Every transition of the path. Pure; an event that means nothing in a state returns that state. */
  next(state: S, event: E): S
}

export type Step<E, P, O> = AskStep<E, P> | WorkStep<E, P> | ShowStep<E, P> | EndStep<O>

interface StepBase {
  /** Stable name of the step: presets, JSON answers and tests address it. */
  readonly id: string
  /** Once this step is reached, Esc no longer leads to what came before it (something was written). */
  readonly isBarrier?: boolean
  /** The command that goes on from here another time, for who leaves. */
  readonly resume?: SafeText
}

export interface AskStep<E, P> extends StepBase {
  readonly kind: 'ask'
  readonly question: Question
  /** What stands above the question. */
  readonly panels?: readonly Panel[]
  readonly offers?: readonly Offer<P>[]
  readonly unattended?: Unattended
  /** It is so only while it stands, as what failed or a sign-in: Esc leads past it. */
  readonly isMomentary?: boolean
  /** Turns the validated answer into an event. Select: the choice's id; confirm: boolean; choose-many: ids; else the text. */
  answer(value: Answer): E
  /** What the step trail keeps of the answer; by default the label of the choice. `false`: leaves no trail. */
  trail?: false | ((value: Answer) => SafeText)
  /** Ids of the steps whose answers did not hold, and led here: the trail does not tick them. */
  readonly refuses?: readonly string[]
}

export interface WorkStep<E, P> extends StepBase {
  readonly kind: 'work'
  readonly title: SafeText
  /** What stands above the work: what the person has to do elsewhere while it waits. */
  readonly panels?: readonly Panel[]
  readonly offers?: readonly Offer<P>[]
  readonly turns?: readonly Turn<E>[]
  /** Does the work. Must end soon after `signal` aborts. A thrown `Failure` goes to `failed`. */
  run(ports: P, context: WorkContext): Promise<E>
  failed(problem: Problem): E
  /** True while the disk is being written: Esc is not offered, and Ctrl+C waits for the end of the write. */
  readonly isCritical?: boolean
  /** Undo does not take it back; `leaves` says what is so then. */
  readonly isNotKept?: boolean
  /** What the trail keeps once it is done. */
  trail?(event: E): SafeText | undefined
  /** What it has made or kept that undo does not take back, for who leaves later. */
  leaves?(event: E): SafeText | undefined
}

export interface WorkContext {
  readonly signal: AbortSignal
  /** Shows a note beside the spinner, such as a countdown. */
  report(note: SafeText): void
}

export interface ShowStep<E, P> extends StepBase {
  readonly kind: 'show'
  readonly panels: readonly Panel[]
  readonly offers?: readonly Offer<P>[]
  /** What Enter does, in the key help. */
  readonly proceed: SafeText
  readonly next: E
  /** Enter goes back to the screen before, as Esc does; `next` counts where there is none. */
  readonly isAside?: boolean
}

export interface EndStep<O> {
  readonly kind: 'end'
  readonly id: string
  /** The last words, left on the screen. */
  readonly panels?: readonly Panel[]
  /** It was not gone to its end: what was left on the way is said. */
  readonly isLeft?: boolean
  readonly outcome: O
}

export type Answer = string | boolean | readonly string[]

/** What happens to a question when nobody is there to ask. */
interface Unattended {
  /** The option that answers it, as it is to be typed: `--profile NAME`. */
  readonly option?: OptionUse
  /** The answer taken without asking, where one is harmless. */
  readonly assume?: Answer
}

/** A key on this step that does something beside answering it. */
export interface Offer<P> {
  /** One character, or `ctrl+` and a letter (needed beside a text field). */
  readonly key: string
  readonly label: SafeText
  run(ports: P): Promise<OfferResult>
}

/** A key that ends the running work and leads elsewhere, such as to another way to sign in. */
export interface Turn<E> {
  /** One character. */
  readonly key: string
  readonly label: SafeText
  readonly event: E
}

/**
 * `note` is shown; `fill` is put into the field as if pasted; `copy` goes to the clipboard of the terminal, with a
 * note; `print` is left on the screen for good, above what stands there, so that it can be selected whole, with a note
 * that says where it is.
 */
export type OfferResult =
  | {readonly note: SafeText}
  | {readonly fill: string}
  | {readonly copy: readonly SafeText[]; readonly note: SafeText}
  | {readonly print: readonly SafeText[]; readonly note?: SafeText}

export interface Choice {
  readonly id: string
  readonly label: SafeText
  readonly hint?: SafeText
  /** Other words by which a search finds it, divided by blanks or commas. Never drawn. */
  readonly keywords?: string
  /** What of it is searched, where that is not all that is shown. */
  readonly searched?: string
}

export type Question =
  SelectQuestion | TextQuestion | SecretQuestion | PasteQuestion | ConfirmQuestion | ChooseManyQuestion

interface QuestionBase {
  readonly message: SafeText
  /** One line under the question. */
  readonly hint?: SafeText
}

export interface SelectQuestion extends QuestionBase {
  readonly kind: 'select'
  readonly choices: readonly Choice[]
  readonly initial?: string
  /** Typing narrows the list. */
  readonly isSearchable?: boolean
}

export interface TextQuestion extends QuestionBase {
  readonly kind: 'text'
  /** Offered as the answer; Enter takes it. */
  readonly initial?: string
  validate?(value: string): ValidationError | undefined
}

/** Never echoed: a bullet a character while it is typed, a fixed mask once it is left. */
export interface SecretQuestion extends QuestionBase {
  readonly kind: 'secret'
  validate?(value: string): ValidationError | undefined
}

/** One field for a typed line or a whole paste of several lines. */
export interface PasteQuestion extends QuestionBase {
  readonly kind: 'paste'
  /** What stands in the field to begin with. */
  readonly initial?: string
  /** What of the value may be drawn while it stands in the field. */
  reveal(value: string): SafeText
  validate?(value: string): ValidationError | undefined
}

export interface ConfirmQuestion extends QuestionBase {
  readonly kind: 'confirm'
  readonly initial?: boolean
  readonly yes?: SafeText
  readonly no?: SafeText
}

export interface ChooseManyQuestion extends QuestionBase {
  readonly kind: 'choose-many'
  readonly choices: readonly Choice[]
  readonly initial?: readonly string[]
  /** Fewest choices that are an answer; 0 unless told. */
  readonly min?: number
  /** Typing narrows the list; what was marked stays marked. */
  readonly isSearchable?: boolean
}

export type Tone = 'plain' | 'dim' | 'strong' | 'good' | 'warning' | 'bad'
export type Mark = 'good' | 'warning' | 'bad' | 'unknown' | 'fact'

export interface Verdict {
  readonly mark: Mark
  readonly label: SafeText
  readonly value?: SafeText
  readonly note?: SafeText
}

export interface DiffLine {
  readonly sign: '+' | '-' | ' ' | '@'
  readonly text: SafeText
}

/** What can stand on a screen above a question. */
export type Panel =
  | {readonly kind: 'prose'; readonly lines: readonly SafeText[]; readonly tone?: Tone}
  | {readonly kind: 'heading'; readonly text: SafeText}
  | {readonly kind: 'steps'; readonly items: readonly SafeText[]; readonly start?: number}
  | {readonly kind: 'link'; readonly label?: SafeText; readonly url: SafeText}
  /** To be copied: drawn without border or indent. With the shell that its lines run in, long ones stay copyable. */
  | {
      readonly kind: 'code'
      readonly label?: SafeText
      readonly lines: readonly SafeText[]
      readonly runsIn?: Shell
    }
  | {readonly kind: 'verdicts'; readonly rows: readonly Verdict[]}
  | {
      readonly kind: 'diff'
      readonly path: SafeText
      readonly note?: SafeText
      readonly lines: readonly DiffLine[]
    }
  | {readonly kind: 'problem'; readonly problem: Problem}
