import { type EntityKey, findEntity } from '../../access/iam/find-entity.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Entity, EntityKind } from '../../core/iam/entity.ts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import type { Call } from '../service.ts'
import type { EntityRequest } from './iam-action.ts'

/**
 * Which entity of the caller's account a request names. One that names none means the user who calls.
 *
 * @throws ValidationError where the caller is no user
 */
export function requestedEntity(kind: EntityKind, request: EntityRequest, call: Call): EntityKey {
  const { account, arn, role } = call.caller
  const given = { user: request.UserName, group: request.GroupName, role: request.RoleName }[kind]
  if (given !== undefined) return { account, kind, name: given }
  const own = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  if (kind === 'user' && own !== undefined && role === undefined) return { account, kind, name: own }
  throw new ValidationError(`Must specify ${kind}Name when calling with non-User credentials`)
}

/** @throws NoSuchEntityError */
export function findRequested(
  kind: EntityKind,
  request: EntityRequest,
  call: Call,
  { metadata }: Iam,
): Promise<Entity> {
  return findEntity(metadata, requestedEntity(kind, request, call))
}
