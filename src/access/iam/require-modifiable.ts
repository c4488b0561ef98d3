import type { Entity } from '../../core/iam/entity.ts'
import { UnmodifiableEntityError } from '../../core/iam/iam-errors.ts'
import { serviceRolePath } from '../../core/iam/service-linked-role.ts'

/** Whether a role is one of AWS's services', which alone change it. */
export function isServiceLinked({ kind, path }: Pick<Entity, 'kind' | 'path'>): boolean {
  return kind === 'role' && path.startsWith(serviceRolePath)
}

/** @throws UnmodifiableEntityError for a service's own role */
export function requireModifiable(entity: Entity): void {
  if (!isServiceLinked(entity)) return
  throw new UnmodifiableEntityError(
    `Cannot perform the operation on the protected role '${entity.name}' - this role is only modifiable by AWS`,
  )
}
