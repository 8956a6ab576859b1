import {say} from '../../src/text/safe-text.js'

/** Every word of the doctor's screens that is not part of a diagnosis, in one place. */
export const words = {
  looking: say`Looking at the environment and the AWS files`,
  asking: say`Asking AWS whose the profiles are`,
  message: say`What now?`,
  verify: {
    label: say`Ask AWS whose they are`,
    hint: say`Every profile is asked for once. A credential process is run for it, as any deploy would.`,
  },
  mend: (count: number) => ({
    label: count === 1 ? say`Mend what can be mended safely` : say`Mend what can be mended safely (${count})`,
    hint: say`Each change is shown before it is written.`,
  }),
  again: {label: say`Look again`},
  back: {label: say`Back`},
  retry: {label: say`Try again`},
  leave: {label: say`Leave`},
  mends: {
    message: say`Mark what is to be mended:`,
    chosen: (count: number) => say`${count} marked`,
  },
  change: {
    heading: say`This would mend it`,
    message: say`Mend it?`,
    yes: say`Yes, mend it`,
  },
  mended: (count: number) => (count === 1 ? say`1 thing was mended.` : say`${count} things were mended.`),
  nothingToMend: say`There is nothing that can be mended without a choice of yours.`,
} as const
