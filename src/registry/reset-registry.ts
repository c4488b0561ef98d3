import type { Registry } from './registry.ts'

/**
 * Deletes every repository and every template of every account and region: development mode's reset. The bytes of blobs stay until
 * they are collected, and nothing shows them any more.
 */
export async function resetRegistry(registry: Registry): Promise<void> {
  try {
    await registry.metadata.write(async (tx) => {
      await tx.repositories.deleteAll(registry.now())
      await tx.creationTemplates.deleteAll()
      await tx.replication.deleteAllRules()
    })
  } finally {
    registry.repositories.clear()
    registry.manifests.clear()
  }
}
