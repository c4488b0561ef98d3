import type { ReplicationConfiguration } from '@aws-sdk/client-ecr'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import type { ReplicationRule } from '../../core/replication/replication-rules.ts'
import type { Checked } from '../checked.ts'

/** The rules of a request. @throws InvalidParameterError at `region` or `registryId` */
export function readReplicationRules({ rules }: Checked<ReplicationConfiguration>): ReplicationRule[] {
  return rules.map(({ destinations, repositoryFilters }) => ({
    destinations: destinations.map(({ region, registryId }) => ({
      account: parseAccountId(registryId),
      region: parseRegion(region),
    })),
    ...(repositoryFilters && { prefixes: repositoryFilters.map(({ filter }) => filter) }),
  }))
}

/** Rules as answers show them, in the order in which they were put. */
export function replicationMembers(rules: readonly ReplicationRule[]): ReplicationConfiguration {
  return {
    rules: rules.map(({ destinations, prefixes }) => ({
      destinations: destinations.map(({ region, account }) => ({ region, registryId: account })),
      ...(prefixes && {
        repositoryFilters: prefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' as const })),
      }),
    })),
  }
}
