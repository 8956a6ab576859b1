/** What can be told of a region without asking AWS: that there is none of this name. */
import {say, type SafeText} from '../safety/safe-text.js'
import {checkRegion} from '../safety/validators.js'
import type {RegionChoice} from './types.js'

export interface RegionFault {
  readonly code: 'REGION_UNKNOWN'
  readonly words: SafeText
  /** What was meant, probably. */
  readonly example?: SafeText
}

/** Why nothing can be asked in it. What a variable says that is not read here is not judged. */
export function regionFault(region: RegionChoice | undefined): RegionFault | undefined {
  if (!region || region.name.includes('${')) return undefined
  const text = region.name.trim()
  const complaint = checkRegion(text)
  if (!complaint && text === region.name) return undefined
  const example = complaint ? complaint.example : say`${text}`
  return {
    code: 'REGION_UNKNOWN',
    words: complaint
      ? say`The region "${region.name}" (${region.from}) does not exist.`
      : say`A blank or a line end stands around the region "${text}" (${region.from}).`,
    ...(example ? {example} : {}),
  }
}
