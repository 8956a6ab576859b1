import {editDistance} from '../text/edit-distance.js'
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'
import type {RegionName} from './access-key.js'
import {REGION_PLACES} from './region-places.js'

/** The parts of AWS that share nothing: accounts, sign-in and endpoints are separate. */
export type Partition =
  'aws' | 'aws-us-gov' | 'aws-cn' | 'aws-eusc' | 'aws-iso' | 'aws-iso-b' | 'aws-iso-e' | 'aws-iso-f'

export interface Region {
  readonly id: RegionName
  /** As the console shows it: `Europe (Ireland)`. */
  readonly name: SafeText
  readonly partition: Partition
  /** True where an account has to enable the region before keys work in it (all opened after 20 March 2019). */
  readonly isOptIn: boolean
  /** Other words for its place, divided by commas, for a search: `germany, deutschland, de`. Never drawn. */
  readonly keywords: string
}

const region = (id: string, name: SafeText, partition: Partition = 'aws', isOptIn = false): Region => ({
  id: id as RegionName,
  name,
  partition,
  isOptIn,
  keywords: REGION_PLACES[id] ?? '',
})
const optIn = (id: string, name: SafeText): Region => region(id, name, 'aws', true)

/**
 * Regions a person can choose, the likeliest first. Source: botocore 1.43 `partitions.json`; opt-in from the AWS
 * Account Management guide. The isolated partitions (`aws-iso…`) are recognised but not offered.
 */
export const REGIONS: readonly Region[] = [
  region('us-east-1', say`US East (N. Virginia)`),
  region('eu-west-1', say`Europe (Ireland)`),
  region('us-west-2', say`US West (Oregon)`),
  region('eu-central-1', say`Europe (Frankfurt)`),
  region('us-east-2', say`US East (Ohio)`),
  region('eu-west-2', say`Europe (London)`),
  region('ap-southeast-2', say`Asia Pacific (Sydney)`),
  region('ap-southeast-1', say`Asia Pacific (Singapore)`),
  region('ap-northeast-1', say`Asia Pacific (Tokyo)`),
  region('ap-south-1', say`Asia Pacific (Mumbai)`),
  region('eu-west-3', say`Europe (Paris)`),
  region('eu-north-1', say`Europe (Stockholm)`),
  region('ca-central-1', say`Canada (Central)`),
  region('sa-east-1', say`South America (São Paulo)`),
  region('us-west-1', say`US West (N. California)`),
  region('ap-northeast-2', say`Asia Pacific (Seoul)`),
  region('ap-northeast-3', say`Asia Pacific (Osaka)`),
  optIn('eu-south-1', say`Europe (Milan)`),
  optIn('eu-south-2', say`Europe (Spain)`),
  optIn('eu-central-2', say`Europe (Zurich)`),
  optIn('il-central-1', say`Israel (Tel Aviv)`),
  optIn('me-central-1', say`Middle East (UAE)`),
  optIn('me-south-1', say`Middle East (Bahrain)`),
  optIn('af-south-1', say`Africa (Cape Town)`),
  optIn('ap-east-1', say`Asia Pacific (Hong Kong)`),
  optIn('ap-east-2', say`Asia Pacific (Taipei)`),
  optIn('ap-south-2', say`Asia Pacific (Hyderabad)`),
  optIn('ap-southeast-3', say`Asia Pacific (Jakarta)`),
  optIn('ap-southeast-4', say`Asia Pacific (Melbourne)`),
  optIn('ap-southeast-5', say`Asia Pacific (Malaysia)`),
  optIn('ap-southeast-6', say`Asia Pacific (New Zealand)`),
  optIn('ap-southeast-7', say`Asia Pacific (Thailand)`),
  optIn('ca-west-1', say`Canada West (Calgary)`),
  optIn('mx-central-1', say`Mexico (Central)`),
  region('us-gov-west-1', say`AWS GovCloud (US-West)`, 'aws-us-gov'),
  region('us-gov-east-1', say`AWS GovCloud (US-East)`, 'aws-us-gov'),
  region('cn-north-1', say`China (Beijing)`, 'aws-cn'),
  region('cn-northwest-1', say`China (Ningxia)`, 'aws-cn'),
  region('eusc-de-east-1', say`AWS European Sovereign Cloud (Germany)`, 'aws-eusc'),
]

const BY_ID = new Map<string, Region>(REGIONS.map((each) => [each.id, each]))

/** The known region with this ID; `undefined` for one newer than this program. */
export function findRegion(id: string): Region | undefined {
  return BY_ID.get(id)
}

const PARTITION_SHAPES: readonly (readonly [RegExp, Partition])[] = [
  [/^us-gov-/, 'aws-us-gov'],
  [/^cn-/, 'aws-cn'],
  [/^eusc-/, 'aws-eusc'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^us-isof-/, 'aws-iso-f'],
]

/** The partition of a region, known or newer than this program; by the prefixes botocore's `regionRegex` uses. */
export function partitionOfRegion(id: RegionName): Partition {
  return PARTITION_SHAPES.find(([shape]) => shape.test(id))?.[1] ?? 'aws'
}

const DIRECTION = '(?:central|(?:north|south)(?:east|west)?|east|west)'
const SHAPE = new RegExp(`^(?:[a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-[a-z]{2})-${DIRECTION}-[1-9][0-9]?$`)

/** Whether a name follows the pattern of region names, so that one newer than this program is accepted. */
export function isShapedLikeRegion(id: string): boolean {
  return BY_ID.has(id) || SHAPE.test(id)
}

/** The known region a mistyped or spelled-out name most likely means: `us-east1`, `US-EAST-1`, `Ireland`, `Deutschland`. */
export function suggestRegion(typed: string): Region | undefined {
  const wanted = simplify(typed)
  if (wanted.length < 4 || wanted.length > 40) return undefined
  const exact = REGIONS.find((each) => simplify(each.id) === wanted)
  if (exact) return exact
  const byPlace = REGIONS.find(
    ({name, keywords}) =>
      simplify(name).includes(wanted) || keywords.split(',').some((place) => simplify(place) === wanted),
  )
  if (byPlace) return byPlace
  const near = REGIONS.map((each) => ({each, distance: editDistance(wanted, simplify(each.id))}))
  near.sort((a, b) => a.distance - b.distance)
  return near[0] && near[0].distance <= 2 ? near[0].each : undefined
}

function simplify(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}
