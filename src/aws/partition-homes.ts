/** Where each partition begins, and what is told of a key that is of another one than the region. */
import type {RegionName} from '../safety/access-key.js'
import type {Problem} from '../safety/problem.js'
import {partitionOfRegion, type Partition} from '../safety/regions.js'
import {say, type SafeText} from '../safety/safe-text.js'

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

/** Nothing where the region is one of this partition. @param partition as ARNs name it */
export function partitionFault(partition: string, region: RegionName): Problem | undefined {
  if (partitionOfRegion(region) === partition) return undefined
  const [, home, name] = HOMES.find(([each]) => each === partition) ?? []
  return name === undefined || home === undefined ? undefined : wrongPartition(region, name, home)
}
