import { updateJobKind } from '../core/scanning/advisory-update.ts'
import { resetEcs } from './ecs/reset-ecs.ts'
import type { Registry } from './registry.ts'

/**
 * Deletes every repository and every template of every account and region, what was said about registries, all that tells of
 * them, and the advisories: development mode's reset. The bytes of blobs stay until they are collected, and nothing shows them any more.
 */
export async function resetRegistry(registry: Registry): Promise<void> {
  try {
    await registry.metadata.write(async (tx) => {
      await tx.repositories.deleteAll(registry.now())
      await tx.creationTemplates.deleteAll()
      await tx.cacheRules.deleteAll()
      await tx.pullExclusions.deleteAll()
      await tx.replication.deleteAllRules()
      await tx.resourcePolicies.deleteAllOfRegistries()
      await tx.accountSettings.deleteAll()
      await resetEcs(tx, registry)
      await tx.events.deleteAll()
      await tx.signing.deleteAll()
      await tx.scans.deleteAllConfigurations()
      await tx.acceptances.deleteAll()
      await tx.advisories.deleteAll()
      await tx.jobs.deleteKind(updateJobKind)
    })
  } finally {
    registry.repositories.clear()
    registry.upstreams.rules.clear()
    registry.rules.clear()
    registry.findingRules.clear()
    registry.manifests.clear()
    registry.pullExclusions.clear()
  }
}
