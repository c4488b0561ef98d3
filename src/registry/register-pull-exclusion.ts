import { LimitExceededError } from '../core/errors.ts'
import { ExclusionAlreadyExistsError } from '../core/images/errors.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/**
 * From now on pulls by a principal leave lastRecordedPullTime alone. Resolves to when that began.
 *
 * @throws ExclusionAlreadyExistsError, LimitExceededError
 */
export async function registerPullExclusion(
  registry: Registry,
  key: RegistryKey,
  principalArn: string,
): Promise<Date> {
  const limit = registry.quotas.pullTimeExclusions
  const at = registry.now()
  try {
    await registry.metadata.write(async (tx) => {
      if (!(await tx.pullExclusions.add(key, principalArn, at))) throw new ExclusionAlreadyExistsError()
      const all = await tx.pullExclusions.list(key, { limit: limit + 1 })
      if (all.length <= limit) return
      throw new LimitExceededError(
        `The limit of ${limit} pull time update exclusions per registry is reached in the registry with id '${key.account}'`,
      )
    })
  } finally {
    registry.pullExclusions.drop(key)
  }
  return at
}
