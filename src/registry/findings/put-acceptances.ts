import { LimitExceededError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Acceptance, AcceptanceScope } from '../../core/scanning/acceptance.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'
import { registryCacheKey } from '../rule-cache.ts'

/** Of one registry: they are held in memory, and more than that nobody looks after. */
export const mostAcceptances = 10_000

/**
 * Notes that findings are accepted, in the place of what was said of the same ones before.
 *
 * @throws LimitExceededError
 */
export async function putAcceptances(
  registry: Registry,
  key: RegistryKey,
  acceptances: readonly Acceptance[],
): Promise<void> {
  await changeAcceptances(registry, key, async (tx) => {
    await tx.acceptances.put(key, acceptances)
    if ((await tx.acceptances.count(key)) > mostAcceptances)
      throw new LimitExceededError(
        `The registry has more than ${mostAcceptances} accepted findings; take back those that are over`,
      )
  })
}

/** Takes back that findings are accepted; false when nobody had accepted just these. */
export async function deleteAcceptance(
  registry: Registry,
  key: RegistryKey,
  scope: AcceptanceScope,
): Promise<boolean> {
  return changeAcceptances(registry, key, (tx) => tx.acceptances.delete(key, scope))
}

async function changeAcceptances<Result>(
  { metadata, findingRules }: Registry,
  key: RegistryKey,
  change: (tx: MetadataTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await metadata.write(change)
  } finally {
    findingRules.acceptances.drop(registryCacheKey(key))
  }
}
