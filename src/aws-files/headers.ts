/**
 * The headers of a file by their text. No text is made of them until one is asked for: a file may have 100,000, and
 * making and hashing so many strings takes longer than all the rest.
 */
export class Headers {
  count = 0
  readonly #bytes: Uint8Array
  /** Of each header the offset of its line, and those of its text: beside the heap, which would be swept for them. */
  #places = new Int32Array(3 * 64)
  /** Made once all are known: beside the bytes of the file it would not stay in the processor's cache. */
  #table: Table | undefined

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Takes the header whose text stands between two offsets. */
  add(line: number, from: number, to: number): void {
    const at = 3 * this.count++
    if (at === this.#places.length) {
      const larger = new Int32Array(2 * at)
      larger.set(this.#places)
      this.#places = larger
    }
    this.#places[at] = line
    this.#places[at + 1] = from
    this.#places[at + 2] = to
  }

  /** Offset of the header's line. */
  startAt(number: number): number | undefined {
    return number < this.count ? this.#places[3 * number] : undefined
  }

  /** Each header whose text an earlier one has, with the first of those. */
  get repeated(): readonly (readonly [number: number, first: number])[] {
    return this.#indexed().repeated
  }

  /** Text between the brackets, one character a byte, as botocore takes it. */
  innerAt(number: number): string {
    const {buffer, byteOffset, byteLength} = this.#bytes
    return Buffer.from(buffer, byteOffset, byteLength).toString(
      'latin1',
      this.#places[3 * number + 1],
      this.#places[3 * number + 2],
    )
  }

  /** The first header of this text. */
  find(inner: string): number | undefined {
    const bytes = Buffer.from(inner, 'latin1')
    const {slots} = this.#indexed()
    const found = slots[this.#slotOf(slots, bytes, 0, bytes.length)]!
    return found > 0 ? found - 1 : undefined
  }

  #indexed(): Table {
    return (this.#table ??= this.#index())
  }

  #index(): Table {
    const {count} = this
    const places = this.#places
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(16 + 2 * count)))
    const repeated: [number, number][] = []
    for (let number = 0; number < count; number++) {
      const slot = this.#slotOf(slots, this.#bytes, places[3 * number + 1]!, places[3 * number + 2]!)
      const first = slots[slot]!
      if (first > 0) repeated.push([number, first - 1])
      else slots[slot] = number + 1
    }
    return {slots, repeated}
  }

  /** Where a header of this text is, or would be put. */
  #slotOf(slots: Int32Array, bytes: Uint8Array, from: number, to: number): number {
    const mask = slots.length - 1
    // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot]!
      if (found === 0 || this.#isSame(found - 1, bytes, from, to)) return slot
    }
  }

  #isSame(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#places[3 * number + 1]!
    const length = to - from
    if (this.#places[3 * number + 2]! - start !== length) return false
    for (let at = 0; at < length; at++) if (this.#bytes[start + at] !== bytes[from + at]) return false
    return true
  }
}

interface Table {
  /** An open hash table of the first header of each text: its number and 1; 0 where nothing is. */
  readonly slots: Int32Array
  readonly repeated: readonly (readonly [number, number])[]
}
