import {say} from '../../src/safety/safe-text.js'

/** Every word of undo, in one place. */
export const words = {
  planning: say`Looking for the version before the last write`,
  heading: say`This would be put back`,
  message: say`Put back what was there before?`,
  yes: {label: say`Yes, put it back`},
  no: {label: say`No, leave everything as it is`},
  writing: say`Putting back what was there before`,
  what: say`What now?`,
  retry: {label: say`Try again`},
  leave: {label: say`Leave`},
  done: say`The files are as they were before.`,
  nothing: [say`There is nothing to undo: no version from before a write is kept.`],
  declined: say`Nothing was changed.`,
} as const
