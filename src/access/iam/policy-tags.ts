import { checkTags } from './check-tags.ts'
import { changeIam, type Iam } from './iam.ts'
import { ownPolicy, type PolicyKey } from './managed-policies.ts'

/** Tags a policy of an account's own. A key takes the place of the one that differs from it in case alone. @throws NoSuchEntityError, InvalidInputError */
export function tagPolicy(iam: Iam, key: PolicyKey, tags: Readonly<Record<string, string>>): Promise<void> {
  return changeIam(iam, async (tx) => {
    const { arn } = await ownPolicy(tx, key)
    await tx.arnTags.remove(arn, sameKeys(await tx.arnTags.of(arn), Object.keys(tags)))
    checkTags({ ...Object.fromEntries(await tx.arnTags.of(arn)), ...tags })
    await tx.arnTags.put(arn, new Map(Object.entries(tags)))
  })
}

/** Keys that it doesn't have are passed over. @throws NoSuchEntityError */
export function untagPolicy(iam: Iam, key: PolicyKey, keys: readonly string[]): Promise<void> {
  return changeIam(iam, async (tx) => {
    const { arn } = await ownPolicy(tx, key)
    await tx.arnTags.remove(arn, sameKeys(await tx.arnTags.of(arn), keys))
  })
}

function sameKeys(tags: ReadonlyMap<string, string>, keys: readonly string[]): string[] {
  const folded = new Set(keys.map((key) => key.toLowerCase()))
  return [...tags.keys()].filter((key) => folded.has(key.toLowerCase()))
}
