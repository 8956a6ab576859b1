import type {Options} from './options.js'
import {say, type SafeText} from '../text/safe-text.js'

/** What stands in every frame of a demo. */
export function badgeOf({command}: Pick<Options, 'command'>): SafeText | undefined {
  return command === 'demo' ? say`DEMO` : undefined
}
