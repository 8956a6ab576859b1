/** How a profile, or a run whose settings are of that profile, reaches AWS. */
import {withEndpoint, type Network} from '../aws/network.js'
import {endpointOfProfile} from '../credentials/endpoint.js'
import type {Snapshot} from '../credentials/snapshot.js'

/** @throws Failure ENDPOINT_INVALID */
export function networkOf(
  profile: string,
  {network, surroundings}: {readonly network: Network; readonly surroundings: Snapshot},
): Network {
  const [sts, iam] = (['sts', 'iam'] as const).map((service) =>
    endpointOfProfile(surroundings, profile, service),
  )
  const first = sts ? withEndpoint(network, 'STS', sts.url, sts.from) : network
  return iam ? withEndpoint(first, 'IAM', iam.url, iam.from) : first
}
