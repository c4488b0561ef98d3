import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { MetadataStore } from '../metadata-store.ts'

/** Gives the default buses of registries an archive, since nothing waits on a bus whose events nobody could get. */
export async function hearAll(
  metadata: Pick<MetadataStore, 'write'>,
  ...registries: readonly RegistryKey[]
): Promise<void> {
  await metadata.write(async (tx) => {
    for (const { account, region } of registries) {
      const bus = { account, region, name: 'default' }
      await tx.archives.addArchive({ ...bus, name: 'all', bus, retentionDays: 0, createdAt: new Date(0) })
    }
  })
}
