import type { Insertable, Selectable } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import { isRegistryKey } from '../../../core/names/registry-key.ts'
import { isTag } from '../../../core/names/tag.ts'
import type { ReplicationRule } from '../../../core/replication/replication-rules.ts'
import type { ReplicationState } from '../replication.ts'
import type { ReplicationTable } from '../schema/registry.ts'

/** Rules as they are kept; read back by `readRules`. */
export function printRules(rules: readonly ReplicationRule[]): string {
  return JSON.stringify(
    rules.map(({ destinations, prefixes }) => ({
      destinations: destinations.map(({ account, region }) => ({ account, region })),
      prefixes,
    })),
  )
}

export function readRules(text: string): ReplicationRule[] {
  const rules: unknown = JSON.parse(text)
  if (!Array.isArray(rules)) throw new TypeError('Not a list of replication rules')
  return rules.map(readRule)
}

function readRule(rule: unknown): ReplicationRule {
  if (typeof rule !== 'object' || rule === null) throw new TypeError('Not a replication rule')
  const destinations: unknown = 'destinations' in rule ? rule.destinations : undefined
  const prefixes: unknown = 'prefixes' in rule ? rule.prefixes : undefined
  if (!Array.isArray(destinations)) throw new TypeError('Not a replication rule')
  return {
    destinations: destinations.filter(isRegistryKey),
    ...(Array.isArray(prefixes) && { prefixes: prefixes.filter((prefix) => typeof prefix === 'string') }),
  }
}

export function toStateRow(
  repositoryId: number,
  digest: Digest,
  { destination, status, failureCode, tags }: ReplicationState,
): Insertable<ReplicationTable> {
  return {
    repository_id: repositoryId,
    digest,
    destination_account: destination.account,
    destination_region: destination.region,
    status,
    failure_code: failureCode ?? null,
    tags: JSON.stringify(tags),
  }
}

export function toState(row: Selectable<ReplicationTable>): ReplicationState {
  const tags: unknown = JSON.parse(row.tags)
  return {
    destination: { account: row.destination_account, region: row.destination_region },
    status: row.status,
    ...(row.failure_code !== null && { failureCode: row.failure_code }),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string').filter(isTag) : [],
  }
}
