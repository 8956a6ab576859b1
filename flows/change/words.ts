import {program} from '../../src/text/program-name.js'
import {say} from '../../src/text/safe-text.js'

/** Every word of a change of files, in one place. */
export const words = {
  planning: say`Working out what changes`,
  heading: say`This will be written`,
  wouldBe: say`This would be done`,
  message: say`Write this?`,
  renewed: say`A file was changed by another program meanwhile. This is the new comparison.`,
  newFile: say`new file, readable by you only`,
  newOpenFile: say`new file`,
  yes: say`Yes, write it`,
  private: {
    label: say`Yes, and let nobody else read the credentials file`,
    hint: say`Its mode becomes 600.`,
  },
  asIs: {label: say`Yes, and leave its mode as it is`},
  no: {label: say`No, do not write it`},
  removed: say`Taken out`,
  saved: say`Saved in`,
  rightsStay: say`Undo leaves rights as they are now: nobody else reads again what was closed to them.`,
  undoHint: say`To take it back: \`${program()} undo\``,
  dryRun: say`Dry run: nothing is written.`,
  proceedDryRun: say`leave`,
  writing: say`Writing`,
  what: say`What now?`,
  retry: {label: say`Try again`},
  inPlace: {
    label: say`Overwrite the file where it stands`,
    hint: say`A whole copy of the old one stands beside it until that is done.`,
  },
  leave: {label: say`Leave; this was not written`},
} as const
