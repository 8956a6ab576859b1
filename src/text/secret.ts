import {inspect} from 'node:util'

/**
 * A value that must never be drawn, logged or serialised. Every way of turning it into text says `[secret]`;
 * `reveal` is the one way out, so a search for it lists every place where a secret leaves this type.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  /** Length in characters: enough to say "40 characters" without showing one. */
  get length(): number {
    return this.#value.length
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
