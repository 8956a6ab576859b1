import {say, type SafeText} from './safe-text.js'

/** The first names of many: `a, b and 3 more`. */
export function someOf(names: readonly string[], max: number): SafeText {
  const rest = names.length - max
  const shown = names.slice(0, max).join(', ')
  return rest > 0 ? say`${shown} and ${rest} more` : say`${shown}`
}
