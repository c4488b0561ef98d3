import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { findManagedPolicy } from './managed-policies.ts'

/** @throws NoSuchEntityError unless it is a policy that the account may attach */
export async function requireAttachable(
  reader: Pick<MetadataReader, 'iam'>,
  account: AccountId,
  policyArn: string,
): Promise<void> {
  if ((await findManagedPolicy(reader, account, policyArn)) !== undefined) return
  throw new NoSuchEntityError(`Policy ${policyArn} does not exist or is not attachable.`)
}
