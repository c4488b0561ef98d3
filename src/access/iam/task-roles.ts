import { type Entity, entityArn, sessionArn } from '../../core/iam/entity.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { Region } from '../../core/names/region.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Principal } from '../principal.ts'
import { trustsService } from './trusts-service.ts'

/** The service that tasks get their roles from. */
const service = 'ecs-tasks.amazonaws.com'

/** The ARN that a task definition means: a role may be named without it, and is the account's own then. */
export function taskRoleArn(reference: string, account: AccountId): string {
  return reference.startsWith('arn:') ? reference : `arn:aws:iam::${account}:role/${reference}`
}

/**
 * A role for a task: one of its own account that trusts ECS's tasks; undefined for any other.
 *
 * @see Amazon ECS developer guide, "Amazon ECS task IAM role", the trust relationship
 */
export async function findTaskRole(
  { iam }: Pick<MetadataReader, 'iam'>,
  { account, region }: RegistryKey,
  reference: string,
): Promise<Entity | undefined> {
  const arn = taskRoleArn(reference, account)
  const role = await iam.entity(account, 'role', arn.slice(arn.lastIndexOf('/') + 1))
  return role && entityArn(role) === arn && trustsTasks(role, region) ? role : undefined
}

/** A task as a caller: a session of one of its roles, named after the task. */
export function taskPrincipal(role: Entity, session: string): Principal {
  return {
    account: role.account,
    arn: sessionArn(role, session),
    userId: `${role.id}:${session}`,
    role: { arn: entityArn(role), id: role.id },
  }
}

function trustsTasks(role: Entity, region: Region): boolean {
  const { account } = role
  return trustsService(role, service, { arn: `arn:aws:ecs:${region}:${account}:*`, account })
}
