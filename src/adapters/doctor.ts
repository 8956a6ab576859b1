import type {PlannedChange} from '../../flows/change/ports.js'
import type {DoctorPorts} from '../../flows/doctor/ports.js'
import type {Mend} from '../doctor/types.js'
import type {DoctorWiring} from './asked.js'
import {awsFiles, type AwsFiles} from '../files/locations.js'
import {shownPath} from '../files/shown-path.js'
import {commitChange, plannedChange} from './plans.js'

/** The doctor's ports, connected to the environment and the files. */
export function doctorPorts({env, asked, folder, stage}: DoctorWiring): DoctorPorts {
  const files = awsFiles(env)
  return {
    diagnose: async (options, context) => {
      const {checkup} = await import('./checkup.js')
      return checkup({env, asked, folder, stage}, options.verify ? context : undefined)
    },

    planMend: async ({mend}) => {
      const chosen = mend as Mend
      if (chosen.kind === 'chmod') return modeChange(chosen, files)
      const {planMend} = await import('../doctor/mend.js')
      return plannedChange(await planMend(chosen, files), files.home)
    },

    writeMend: async (plan, context, options) => {
      if ('chmod' in plan) {
        const {mendMode} = await import('../doctor/mend.js')
        await mendMode((plan as ModeChange).chmod)
        return []
      }
      return commitChange(plan, context, options)
    },
  }
}

type ModeMend = Extract<Mend, {kind: 'chmod'}>
type ModeChange = PlannedChange & {readonly chmod: ModeMend}

/** Permission bits are shown as a change of the file, so that they are agreed to like any other. */
async function modeChange(mend: ModeMend, files: AwsFiles): Promise<ModeChange> {
  const {modeOf} = await import('../doctor/mend.js')
  const now = await modeOf(mend.path)
  const {modeDiff} = await import('./shown.js')
  return {
    chmod: mend,
    nothingToDo: now === mend.mode,
    warnings: [],
    files: [{shownPath: shownPath(mend.path, files.home), exists: true, diff: modeDiff(now, mend.mode)}],
  }
}
