/** What can be told of a region without asking AWS: that there is none of this name. */
import {say, type SafeText} from '../text/safe-text.js'
import type {ValidationError} from '../domain/problem.js'
import {checkRegion} from '../domain/validators.js'
import type {RegionChoice} from './types.js'

export interface RegionFault {
  readonly code: 'REGION_UNKNOWN'
  readonly words: SafeText
  /** What was meant, probably. */
  readonly example?: SafeText
}

/** What is wrong with a name; nothing where it may be one. `complaint` is missing where blanks alone stand round it. */
export function nameFault(
  name: string,
): {readonly text: string; readonly complaint?: ValidationError; readonly example?: SafeText} | undefined {
  const text = name.trim()
  const complaint = checkRegion(text)
  if (!complaint) return text === name ? undefined : {text, example: say`${text}`}
  return {text, complaint, ...(complaint.example ? {example: complaint.example} : {})}
}

/** Why nothing can be asked in it. What a variable says that is not read here is not judged. */
export function regionFault(region: RegionChoice | undefined): RegionFault | undefined {
  const fault = !region || region.name.includes('${') ? undefined : nameFault(region.name)
  if (!region || !fault) return undefined
  const {text, complaint, example} = fault
  return {
    code: 'REGION_UNKNOWN',
    words: complaint
      ? say`The region "${region.name}" (${region.from}) does not exist.`
      : say`A blank or a line end stands around the region "${text}" (${region.from}).`,
    ...(example ? {example} : {}),
  }
}
