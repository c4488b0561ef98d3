import { ExclusionNotFoundError } from '../core/images/errors.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** From now on pulls by a principal count again. @throws ExclusionNotFoundError */
export async function deregisterPullExclusion(
  registry: Registry,
  key: RegistryKey,
  principalArn: string,
): Promise<void> {
  try {
    await registry.metadata.write(async (tx) => {
      if (!(await tx.pullExclusions.remove(key, principalArn))) throw new ExclusionNotFoundError()
    })
  } finally {
    registry.pullExclusions.drop(key)
  }
}
