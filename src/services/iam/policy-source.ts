import { findByArn } from '../../access/iam/find-by-arn.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Permission } from '../../access/permission.ts'
import type { Entity } from '../../core/iam/entity.ts'
import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { Call } from '../service.ts'
import { onArn } from './permissions.ts'

/** The member that names whose policies are meant. */
export interface PolicySourceRequest {
  readonly PolicySourceArn: string
}

export function onPolicySource(operation: string) {
  return ({ PolicySourceArn: arn }: PolicySourceRequest, call: Call): readonly Permission[] => [
    onArn(operation, arn, call),
  ]
}

/** The user, group or role of the caller's account whose policies are meant. @throws NoSuchEntityError */
export async function findPolicySource(
  { PolicySourceArn: arn }: PolicySourceRequest,
  { caller }: Call,
  { metadata }: Iam,
): Promise<Entity> {
  const entity = await findByArn(metadata, arn)
  if (entity?.account === caller.account) return entity
  throw new NoSuchEntityError(`The entity with ARN ${arn} cannot be found.`)
}
