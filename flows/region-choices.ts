import {REGIONS, type Region} from '../src/domain/regions.js'
import {say} from '../src/text/safe-text.js'

/**
 * Regions as a list to choose from, found by their country or city too. Those of another partition than the first
 * need an account of their own, and say so.
 */
export function regionChoices(regions: readonly Region[] = REGIONS) {
  const usual = regions[0]?.partition
  return regions.map(({id, name, partition, keywords}) => {
    const label = say`${id.padEnd(15)} ${name}`
    return [
      id as string,
      // What is said of the account is no name of a place.
      {
        label: partition === usual ? label : say`${label} (separate AWS account)`,
        keywords,
        searched: `${id} ${name}`,
      },
    ] as const
  })
}
