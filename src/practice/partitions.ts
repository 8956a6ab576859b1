/** Partitions and their regions, as far as the practice server tells them apart. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov'

const DEFAULT_REGIONS: Readonly<Record<Partition, readonly string[]>> = {
  aws: [
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
    'ca-central-1',
    'sa-east-1',
    'eu-central-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'eu-north-1',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
}

/** Regions that an account must enable first. */
const OPT_IN_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
]

/** The partition of a region; `undefined` for text that is no region known here. */
export function partitionOf(region: string): Partition | undefined {
  if (OPT_IN_REGIONS.includes(region)) return 'aws'
  return (Object.keys(DEFAULT_REGIONS) as Partition[]).find((name) => DEFAULT_REGIONS[name].includes(region))
}

/** Regions enabled in a fresh account. */
export function defaultRegions(partition: Partition): readonly string[] {
  return DEFAULT_REGIONS[partition]
}
