import { tagArn, untagArn } from './arn-tags.ts'
import { changeIam, type Iam } from './iam.ts'
import { ownPolicy, type PolicyKey } from './managed-policies.ts'

/** Tags a policy of an account's own. @throws NoSuchEntityError, InvalidInputError */
export function tagPolicy(iam: Iam, key: PolicyKey, tags: Readonly<Record<string, string>>): Promise<void> {
  return changeIam(iam, async (tx) => tagArn(tx, (await ownPolicy(tx, key)).arn, tags))
}

/** Keys that it doesn't have are passed over. @throws NoSuchEntityError */
export function untagPolicy(iam: Iam, key: PolicyKey, keys: readonly string[]): Promise<void> {
  return changeIam(iam, async (tx) => untagArn(tx, (await ownPolicy(tx, key)).arn, keys))
}
