/**
 * What this program wrote, command by command, so that it can be taken back: of each file the lines that were replaced,
 * and of the lines that took their place only digests. For this user alone, in a folder of its own.
 */
import {readdir, readFile, unlink} from 'node:fs/promises'
import {join} from 'node:path'
import {closeFolder} from './disk.js'
import {removeLeftoversIn} from './leftovers.js'
import {randomHex} from './random.js'
import {removeFile, rewriteFile} from './rewrite.js'
import {errorCode, toFailure} from './trouble.js'
import {entryFrom} from './journal-entry.js'
import type {FileRole} from './plan.js'

/** Of one file, as one write changed it. Digests are SHA-256 in hexadecimal, those of lines cut to 16 digits. */
export interface Written {
  readonly path: string
  readonly realPath: string
  readonly role: FileRole
  readonly existed: boolean
  /** The outermost folder that was made for it. */
  readonly madeFolder?: string
  /** Of the whole file. */
  readonly after: string
  readonly hunks: readonly WrittenHunk[]
}

export interface WrittenHunk {
  /** Offset in the file after the write. */
  readonly at: number
  /** Length in bytes of what stood there after the write. */
  readonly length: number
  /** What was replaced, one character a byte. */
  readonly old: readonly string[]
  readonly now: readonly string[]
  /** Of each of them what it stands under, as a digest; empty for one that may stand anywhere. */
  readonly under: readonly string[]
  /** Up to three lines around it, the nearest last and first. */
  readonly above: readonly string[]
  readonly below: readonly string[]
  /** Of lines that stand nowhere else in the file, in any shape: one that is there tells that ours is not gone. */
  readonly signs?: readonly string[]
  /** Of each line of `now` where nothing stood before: the key that it gives a value, as a digest; empty for none. */
  readonly keys?: readonly string[]
  /** What the place is under: a header, unless it begins with one itself, or the keys around. */
  readonly header?: string
}

/** All that one command wrote. */
export interface JournalEntry {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly profile: string
  /** One after the other; each of them all files of one save. */
  readonly writes: readonly (readonly Written[])[]
}

const KEPT = 10
const DAY = 24 * 60 * 60 * 1_000
const NAME = /^[0-9a-z]{9}-[0-9a-f]{8}\.json$/

/** One for a folder, so that what a run writes in several places is told apart by nothing but its command. */
export function journalAt(folder: string): Journal {
  const journal = journals.get(folder) ?? new Journal(folder)
  journals.set(folder, journal)
  return journal
}

const journals = new Map<string, Journal>()

/** Entries of one folder; the newest ten are kept. */
export class Journal {
  readonly #folder: string
  /** The entry of the command that wrote last in this run. */
  #current: {readonly command: string; readonly entry: JournalEntry} | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * On the disk before the first file is replaced. Returns what takes it out again, for a save that came to nothing.
   * @param command what this run is at: its writes make one entry. Without it each write is one of its own.
   */
  async add(
    {profile, command}: {readonly profile: string; readonly command?: string | undefined},
    files: readonly Written[],
  ): Promise<() => Promise<void>> {
    const before =
      command !== undefined && this.#current?.command === command ? this.#current.entry : undefined
    const entry = before ?? (await this.#begin(profile))
    const next = {...entry, writes: [...entry.writes, files]}
    await this.#put(next)
    if (command !== undefined) this.#current = {command, entry: next}
    return async () => {
      if (!before) return this.drop(entry.id).catch(() => undefined)
      await this.#put(before)
      this.#current = {command: command!, entry: before}
    }
  }

  /** The entry that this run has written last, while it is kept. */
  get ownId(): string | undefined {
    return this.#current?.entry.id
  }

  /** Later than all that are there, whatever the clock says. */
  async #begin(profile: string): Promise<JournalEntry> {
    const last = Number.parseInt((await this.#names()).at(-1) ?? '', 36)
    const now = Date.now()
    const at = last >= now ? last + 1 : now
    return {id: `${at.toString(36).padStart(9, '0')}-${randomHex(4)}`, at: now, profile, writes: []}
  }

  /** The newest first; without an entry where a file is none. @throws Failure where the folder cannot be read */
  async read(): Promise<readonly {readonly path: string; readonly entry: JournalEntry | undefined}[]> {
    const names = await this.#names()
    const found = await Promise.all(
      names.toReversed().map(async (name) => {
        const path = join(this.#folder, name)
        const entry = await this.#read(path)
        return entry === 'gone' ? [] : [{path, entry}]
      }),
    )
    return found.flat()
  }

  /** Keeps only the first so many writes of an entry; none at all takes it away. */
  async cut(entry: JournalEntry, writes: number): Promise<void> {
    if (writes === 0) return this.drop(entry.id)
    const left = {...entry, writes: entry.writes.slice(0, writes)}
    await this.#put(left)
    if (this.#current?.entry.id === entry.id) this.#current = {...this.#current, entry: left}
  }

  /** @throws Failure where it stays */
  async drop(id: string): Promise<void> {
    const path = join(this.#folder, `${id}.json`)
    await removeFile(path)
    if (this.#current?.entry.id === id) this.#current = undefined
  }

  /** Takes all of it away. Returns how many there were. */
  async forget(): Promise<number> {
    const names = await this.#names()
    this.#current = undefined
    for (const name of names) {
      const path = join(this.#folder, name)
      await unlink(path).catch((error: unknown) => {
        throw toFailure(error, path)
      })
    }
    await removeLeftoversIn(this.#folder).catch(() => [])
    return names.length
  }

  async #put(entry: JournalEntry): Promise<void> {
    const path = join(this.#folder, `${entry.id}.json`)
    await rewriteFile(path, () => JSON.stringify({version: 1, ...entry}), {isOwnName: true})
    await closeFolder(this.#folder)
  }

  /** After a write has come to its end: one that does not takes nothing of what was kept before. */
  async prune(): Promise<void> {
    const names = await this.#names()
    for (const name of names.slice(0, -KEPT)) await unlink(join(this.#folder, name)).catch(() => undefined)
  }

  /** Their names begin with the time. A name that the clock cannot have given for long is nobody's of ours. */
  async #names(): Promise<readonly string[]> {
    try {
      const found = await readdir(this.#folder, {withFileTypes: true})
      const names = found.flatMap((each) => (each.isFile() && NAME.test(each.name) ? [each.name] : []))
      return names.filter((name) => Number.parseInt(name, 36) < Date.now() + DAY).toSorted()
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return []
      throw toFailure(error, this.#folder)
    }
  }

  async #read(path: string): Promise<JournalEntry | 'gone' | undefined> {
    try {
      return entryFrom(JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      // Another run has taken it off the list just now.
      return errorCode(error) === 'ENOENT' ? 'gone' : undefined
    }
  }
}
