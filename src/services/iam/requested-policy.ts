import type { Iam } from '../../access/iam/iam.ts'
import { findManagedPolicy, type PolicyKey } from '../../access/iam/managed-policies.ts'
import { noSuchPolicy, ValidationError } from '../../core/iam/iam-errors.ts'
import type { ManagedPolicy } from '../../core/iam/managed-policy.ts'
import type { Call } from '../service.ts'
import type { PolicyRequest } from './iam-action.ts'

/** @throws NoSuchEntityError, ValidationError for what is no ARN */
export async function findRequestedPolicy(
  request: PolicyRequest,
  call: Call,
  { metadata }: Iam,
): Promise<ManagedPolicy> {
  const { account, arn } = requestedPolicy(request, call)
  const policy = await findManagedPolicy(metadata, account, arn)
  if (policy === undefined) throw noSuchPolicy(arn)
  return policy
}

/** @throws ValidationError for what is no ARN */
export function requestedPolicy({ PolicyArn: arn }: PolicyRequest, { caller: { account } }: Call): PolicyKey {
  if (!arn.startsWith('arn:')) throw new ValidationError('Invalid ARN:  Could not be parsed!')
  return { account, arn }
}

/** The model has made sure of its form, `v` and a number. */
export function versionNumber({ VersionId }: { readonly VersionId: string }): number {
  return Number.parseInt(VersionId.slice(1), 10)
}
