import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { PullGate } from '../../core/scanning/pull-gate.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { lockRepository } from '../lock-repository.ts'
import type { Registry } from '../registry.ts'

/** Sets which images of a repository can't be pulled. @throws RepositoryNotFoundError */
export async function putPullGate(registry: Registry, key: RepositoryKey, gate: PullGate): Promise<void> {
  await changeGate(registry, key, (tx, id) => tx.pullGates.put(id, gate))
}

/** Lets all images of a repository be pulled again; false when they could be. @throws RepositoryNotFoundError */
export async function deletePullGate(registry: Registry, key: RepositoryKey): Promise<boolean> {
  return changeGate(registry, key, (tx, id) => tx.pullGates.delete(id))
}

async function changeGate<Result>(
  { metadata, findingRules }: Registry,
  key: RepositoryKey,
  change: (tx: MetadataTransaction, repositoryId: number) => Promise<Result>,
): Promise<Result> {
  let id: number | undefined
  try {
    return await metadata.write(async (tx) => {
      const repository = await lockRepository(tx, key)
      id = repository.id
      return change(tx, id)
    })
  } finally {
    if (id !== undefined) findingRules.gates.drop(id)
  }
}
