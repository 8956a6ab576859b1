import {say} from '../../src/safety/safe-text.js'

/** Every word of undo, in one place. */
export const words = {
  heading: say`This would be put back`,
  message: say`Put back what was there before?`,
  yes: say`Yes, put it back`,
  done: say`The files are as they were before.`,
  nothing: [say`There is nothing to undo: no version from before a write is kept.`],
  declined: say`Nothing was changed.`,
} as const
