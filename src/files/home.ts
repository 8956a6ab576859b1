/** A home folder as the system says it. */

/** `''` where it does not know: it throws for a user without an entry, and HOME set to nothing comes back as it is. */
export function knownHome(ask: () => string): string {
  try {
    return ask()
  } catch {
    return ''
  }
}
