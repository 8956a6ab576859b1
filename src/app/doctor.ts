import {doctor as doctorFlow} from '../../flows/doctor/flow.js'
import type {Options} from './options.js'
import {present} from './present.js'
import type {World} from './wizard.js'
import type {OpenScreen} from '../frontends/open-screen.js'

/** `serverless-setup doctor`: without anything to ask the report is printed, and the screen stays as it is. */
export async function doctor(
  options: Options,
  screen: OpenScreen | undefined,
  world: World,
): Promise<number> {
  const {verify, fix, yes, dryRun} = options
  const {code} = await present(doctorFlow({verify, fix, isYes: yes, isDryRun: dryRun}), {
    ...world,
    options,
    screen,
    presets: new Map(),
  })
  return code
}
