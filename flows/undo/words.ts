import type {Problem} from '../../src/domain/problem.js'
import {program} from '../../src/text/program-name.js'
import {say, type SafeText} from '../../src/text/safe-text.js'

/** Every word of undo, in one place. */
export const words = {
  heading: say`This would be taken back`,
  message: say`Take back what the last command wrote?`,
  yes: say`Yes, take it back`,
  done: say`What the last command wrote is taken back.`,
  ownDone: say`What this run wrote is taken back.`,
  partly: say`What the last command wrote is taken back, but for what another program has changed since.`,
  nothing: [say`There is nothing to undo: nothing is kept of what was written.`],
  gone: [
    say`There is nothing to take back of the last command: what it wrote is gone from the files already. It is off the list now. To take back the command before: \`${program()} undo\``,
  ],
  wouldBeGone: [
    say`There is nothing to take back of the last command: what it wrote is gone from the files already. Without --dry-run it would go off the list.`,
  ],
  dropping: say`Taking it off the list`,
  nothingElse: [
    say`There is no command before that to take back. What was passed over is still kept; to delete it: \`${program()} undo --forget\``,
  ],
  dryRun: say`Dry run: nothing was written.`,
  declined: say`Nothing was changed.`,
  touched: {
    message: say`What is to be done with these lines?`,
    explain: [
      say`Another program has changed lines that this one wrote, or put others with them. Marked with - is what stands there now, with + what stood there before.`,
    ],
    theirs: {label: say`Leave them as they are now, and take back the rest`},
    pass: {label: say`Leave them as they are now, and go on to the command before`},
    old: {label: say`Put back what stood there before`},
    stuck: [
      say`What stood there before cannot be put back: other lines have come to stand in a section that would go, or a key would be there twice.`,
    ],
    leave: {label: say`Leave; nothing is written`},
    refused: (path: SafeText): Problem => ({
      code: 'UNDO_TOUCHED',
      what: say`Lines that were written to ${path} have been changed since. Nothing was changed.`,
      why: say`Taking them back would take that change away too, and nobody was asked.`,
      nextSteps: [say`See both and choose, in a terminal: \`${program()} undo\``],
    }),
  },
} as const
