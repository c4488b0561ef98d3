import { type EntityKey, findEntity } from '../../access/iam/entities.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Permission } from '../../access/permission.ts'
import { type Entity, type EntityKind, entityArn } from '../../core/iam/entity.ts'
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

/** Declares an operation that is done to the entity its request names. */
export function onEntity(kind: EntityKind, operation: string) {
  return async (request: EntityRequest, call: Call, { metadata }: Iam): Promise<readonly Permission[]> => {
    const key = requestedEntity(kind, request, call)
    const known = await metadata.iam.entity(key.account, kind, key.name)
    const resource = entityArn(known ?? { ...key, path: '/' })
    return [{ action: `iam:${operation}`, resource, owner: key.account }]
  }
}

/** Declares an operation that is done to one of an account's entities that may not exist yet, or to all below a path. */
export function onPath(kind: string, operation: string) {
  return (request: { readonly Path?: string; readonly PathPrefix?: string } & EntityRequest, call: Call) => {
    const { account } = call.caller
    const name = request.UserName ?? request.GroupName ?? request.RoleName ?? ''
    const resource = `arn:aws:iam::${account}:${kind}${request.Path ?? request.PathPrefix ?? '/'}${name}`
    return [{ action: `iam:${operation}`, resource, owner: account }]
  }
}

/** Declares an operation that is done to the policy whose ARN its request gives. */
export function onPolicy(operation: string) {
  return (request: { readonly PolicyArn: string }, { caller }: Call) => [
    { action: `iam:${operation}`, resource: request.PolicyArn, owner: caller.account },
  ]
}

/** Declares an operation that is done to no single resource. */
export function onAccount(operation: string) {
  return (_request: unknown, { caller }: Call) => [
    { action: `iam:${operation}`, resource: '*', owner: caller.account },
  ]
}
