import type { RegistryKey } from '../core/names/registry-key.ts'
import { checkReplicationRules, type ReplicationRule } from '../core/replication/replication-rules.ts'
import type { Registry } from './registry.ts'

/**
 * Puts the replication rules of a registry in the place of those before: for what comes from now on, not for what is there.
 *
 * @throws InvalidParameterError at `replicationConfiguration`
 */
export async function putReplicationRules(
  { metadata }: Registry,
  registry: RegistryKey,
  rules: readonly ReplicationRule[],
): Promise<void> {
  checkReplicationRules(registry, rules)
  await metadata.write((tx) => tx.replication.putRules(registry, rules))
}
