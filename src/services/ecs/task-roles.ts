import { findTaskRole, taskRoleArn } from '../../access/iam/task-roles.ts'
import { passRole } from '../../access/pass-role.ts'
import type { Permission } from '../../access/permission.ts'
import { EcsClientError } from '../../core/ecs/errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

interface Roles {
  readonly taskRoleArn?: string | undefined
  readonly executionRoleArn?: string | undefined
}

/** The right to give roles to a task. */
export function passRoles(roles: Roles, owner: AccountId): readonly Permission[] {
  return named(roles).map((role) => passRole(role, owner, 'ecs-tasks.amazonaws.com'))
}

/** @throws EcsClientError in ECS's words unless the roles are there, of the task's own account, and trust tasks */
export async function requireRoles(
  metadata: Pick<MetadataReader, 'iam'>,
  registry: RegistryKey,
  roles: Roles,
): Promise<void> {
  for (const role of named(roles)) {
    if ((await findTaskRole(metadata, registry, role)) !== undefined) continue
    throw new EcsClientError(
      `ECS was unable to assume the role '${taskRoleArn(role, registry.account)}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
    )
  }
}

function named({ taskRoleArn, executionRoleArn }: Roles): readonly string[] {
  return [taskRoleArn, executionRoleArn].flatMap((role) => role ?? [])
}
