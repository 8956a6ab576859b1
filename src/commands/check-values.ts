import type {OptionName} from '../domain/option-names.js'
import {optionOf, type RefusedOption} from '../app/options.js'
import type {Options} from '../app/options.js'

/** The first option that cannot be an answer, whatever is on this machine. */
export async function refusedOption({command, given}: Options): Promise<RefusedOption | undefined> {
  // The doctor looks for what it is given.
  if (command === 'doctor') return undefined
  for (const [name, value] of Object.entries(given)) {
    const option = optionOf(name as OptionName)
    if (option.kind !== 'text' || !option.check || typeof value !== 'string') continue
    const complaint = (await option.check())(value)
    if (complaint) return {option: `--${name}`, complaint}
  }
  return undefined
}
