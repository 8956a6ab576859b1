/** Where each partition begins, and what is told of a key that is of another one than the region. */
import type {RegionName} from './access-key.js'
import type {Problem} from './problem.js'
import {partitionOfRegion, type Partition} from './regions.js'
import {parseRegion} from './validators.js'
import {say, type SafeText} from '../text/safe-text.js'

export const HOMES: readonly (readonly [partition: Partition, region: string, name: SafeText])[] = [
  ['aws', 'us-east-1', say`the commercial AWS regions`],
  ['aws-us-gov', 'us-gov-west-1', say`AWS GovCloud (US)`],
  ['aws-cn', 'cn-north-1', say`AWS China`],
]

export function wrongPartition(region: RegionName, name: SafeText, home: string): Problem {
  return {
    code: 'WRONG_PARTITION',
    what: say`This key belongs to ${name}, and ${region} does not.`,
    why: say`Partitions are separate: a key of one is unknown in the others.`,
    nextSteps: [say`Choose a region of ${name}, such as ${home}.`],
  }
}

/** Nothing where the region is one of this partition, or none. @param partition as ARNs name it */
export function partitionFault(partition: string, name: string | undefined): Problem | undefined {
  const region = parseRegion(name ?? '')
  if (region === undefined || partitionOfRegion(region) === partition) return undefined
  const [, home, of] = HOMES.find(([each]) => each === partition) ?? []
  return of === undefined || home === undefined ? undefined : wrongPartition(region, of, home)
}
