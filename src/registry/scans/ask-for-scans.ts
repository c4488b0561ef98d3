import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { ScanType } from '../../core/scanning/scanning-configuration.ts'
import type { Registry } from '../registry.ts'
import { askForScan } from './scan-soon.ts'

/** Images of one repository, by the store's id of it. */
export interface ImagesToScan {
  readonly repository: RepositoryKey & { readonly id: number }
  readonly digests: readonly Digest[]
}

/** Has images of a repository scanned, some hundred at the most. One that went meanwhile is passed over. */
export async function askForScans(
  registry: Registry,
  { repository, digests }: ImagesToScan,
  type: ScanType,
): Promise<void> {
  await registry.metadata.write(async (tx) => {
    const locked = await tx.repositories.lock(repository)
    if (locked?.id !== repository.id) return
    for (const image of await tx.images.findMany(locked.id, digests))
      await askForScan(tx, registry, locked, image, type)
  })
}
