/** Writes the planned change of a service's file in one step: the old content or the new one stands there, whole. */
import {Failure, type Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say} from '../safety/safe-text.js'
import type {DiffLine} from '../store/diff.js'
import {removeLeftoversOf} from '../store/leftovers.js'
import {takeLock, type Lock} from '../store/lock.js'
import {readExpected, replaceFile} from '../store/replace.js'
import {resolveTarget} from '../store/resolve.js'
import {errorCode, failure, toFailure} from '../store/trouble.js'

export interface ServicePlan {
  /** As it was asked for; may be a symbolic link. */
  readonly path: string
  /** The file at the end of the links. */
  readonly realPath: string
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** Permission bits, which stay. */
  readonly mode: number
  /** Secrets masked. */
  readonly diff: readonly DiffLine[]
  /** The file already says exactly this. */
  readonly nothingToDo: boolean
}

/**
 * Returns what there is to say about a save that was done. Throws a `Failure`: FILE_CHANGED when the file is no longer
 * what the plan was made from (make a new one and show it), CANCELLED when `signal` aborts before the file is
 * replaced, or what the system said. Nothing is changed then.
 */
export async function saveService(plan: ServicePlan, signal?: AbortSignal): Promise<readonly Problem[]> {
  if (plan.nothingToDo) return []
  const lock = await lockFile(plan, signal)
  try {
    await removeLeftoversOf(plan.realPath).catch(() => undefined)
    await replace(plan, async () => {
      if (!(await lock.isMine())) throw changed(plan.path)
      stopIfAborted(signal)
    })
    return []
  } catch (error) {
    return await orNotSynced(plan, error)
  } finally {
    await lock.release().catch(() => undefined)
  }
}

async function lockFile({realPath, path}: ServicePlan, signal: AbortSignal | undefined): Promise<Lock> {
  stopIfAborted(signal)
  try {
    return await takeLock(realPath, signal)
  } catch (error) {
    stopIfAborted(signal)
    throw toFailure(error, path)
  }
}

/** An error after the new content took its place must not be told as "nothing was changed". */
async function orNotSynced(
  {realPath, path, after}: ServicePlan,
  error: unknown,
): Promise<readonly Problem[]> {
  const isThere = await readExpected(realPath, after, true).then(
    () => true,
    () => false,
  )
  if (!isThere || error instanceof Failure) throw toFailure(error, path)
  return [
    {
      code: 'NOT_SYNCED',
      what: say`${path} was saved, but the disk did not confirm it.`,
      why: say`The system said ${errorCode(error) ?? 'nothing'} when the folder was synced. A power cut now could bring the old file back.`,
      nextSteps: [say`Ask the disk to write everything out: \`sync\``],
    },
  ]
}

async function replace(plan: ServicePlan, mayGoOn: () => Promise<void>): Promise<void> {
  const look = async () => {
    if ((await resolveTarget(plan.path)) !== plan.realPath) throw changed(plan.path)
    return readExpected(plan.realPath, plan.before, true)
  }
  const old = await look()
  const lastLook = async () => {
    await look()
    await mayGoOn()
  }
  await replaceFile({path: plan.realPath, pieces: [plan.after], old, mode: plan.mode}, lastLook)
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw failure(
      'CANCELLED',
      say`The save was stopped. Nothing was changed.`,
      say`You asked for it.`,
      say`Start again whenever you like: \`${program()}\``,
    )
}

function changed(path: string) {
  return failure(
    'FILE_CHANGED',
    say`${path} was changed by another program in the meantime. Nothing was changed here.`,
    say`What was shown is no longer what would be written.`,
    say`Look at the new difference and confirm again.`,
  )
}
