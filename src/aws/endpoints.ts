/** Where AWS is asked, as the rules of its SDKs have it. */
import type {RegionName} from '../domain/access-key.js'
import {partitionOfRegion, type Partition} from '../domain/regions.js'
import type {EndpointVariant, Network, ServiceId} from './network.js'

interface Suffixes {
  readonly usual: string
  readonly dualStack: string
}

/** Source: partitions.json of the AWS SDKs. */
const SUFFIXES: Readonly<Record<Partition, Suffixes>> = {
  aws: {usual: 'amazonaws.com', dualStack: 'api.aws'},
  'aws-us-gov': {usual: 'amazonaws.com', dualStack: 'api.aws'},
  'aws-cn': {usual: 'amazonaws.com.cn', dualStack: 'api.amazonwebservices.com.cn'},
  'aws-eusc': {usual: 'amazonaws.eu', dualStack: 'api.amazonwebservices.eu'},
  'aws-iso': {usual: 'c2s.ic.gov', dualStack: 'api.aws.ic.gov'},
  'aws-iso-b': {usual: 'sc2s.sgov.gov', dualStack: 'api.aws.scloud'},
  'aws-iso-e': {usual: 'cloud.adc-e.uk', dualStack: 'api.cloud-aws.adc-e.uk'},
  'aws-iso-f': {usual: 'csp.hci.ic.gov', dualStack: 'api.aws.hci.ic.gov'},
}

const NAMES: Readonly<Record<Exclude<ServiceId, 'IAM'>, string>> = {
  STS: 'sts',
  SSO: 'portal.sso',
  SSO_OIDC: 'oidc',
  CLOUDFORMATION: 'cloudformation',
}

const USUAL: EndpointVariant = {isFips: false, isDualStack: false}

/** The address of a service: that of an override, or the official one. */
export function endpointOf(service: ServiceId, region: RegionName, network: Network): string {
  return network.endpoints[service] ?? officialEndpoint(service, region, network.variant)
}

export function officialEndpoint(
  service: ServiceId,
  region: RegionName,
  variant: EndpointVariant = USUAL,
): string {
  if (service === 'IAM') return `https://${iamHost(region, variant)}`
  const partition = partitionOfRegion(region)
  const suffix = SUFFIXES[partition][variant.isDualStack ? 'dualStack' : 'usual']
  // The usual endpoints of GovCloud are FIPS endpoints.
  const isNamed = variant.isFips && !(partition === 'aws-us-gov' && !variant.isDualStack)
  return `https://${NAMES[service]}${isNamed ? '-fips' : ''}.${region}.${suffix}`
}

/** IAM is one service for a partition, and no two partitions name it alike. */
function iamHost(region: RegionName, {isFips, isDualStack}: EndpointVariant): string {
  const partition = partitionOfRegion(region)
  const suffix = SUFFIXES[partition][isDualStack ? 'dualStack' : 'usual']
  if (partition === 'aws-us-gov') return `iam.us-gov.${suffix}`
  const name = isFips ? 'iam-fips' : 'iam'
  if (partition === 'aws') return isDualStack ? `${name}.global.${suffix}` : `${name}.${suffix}`
  const isIsolated = partition.startsWith('aws-iso')
  if (isDualStack) return isFips || isIsolated ? `${name}.${suffix}` : `${name}.global.${suffix}`
  return isFips && !isIsolated ? `${name}.${suffix}` : `${name}.${iamRegion(region)}.${suffix}`
}

/** IAM is one service for a partition; its signatures name one region. */
export function iamRegion(region: RegionName): string {
  switch (partitionOfRegion(region)) {
    case 'aws':
      return 'us-east-1'
    case 'aws-us-gov':
      return 'us-gov-west-1'
    case 'aws-cn':
      return 'cn-north-1'
    default:
      return region
  }
}
