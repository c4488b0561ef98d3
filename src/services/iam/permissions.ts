import type { Iam } from '../../access/iam/iam.ts'
import type { Permission } from '../../access/permission.ts'
import { tagConditions } from '../../access/tag-conditions.ts'
import { type EntityKind, entityArn } from '../../core/iam/entity.ts'
import { oidcProviderArn, parseIssuerUrl } from '../../core/iam/oidc-provider.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import { accountIn } from '../../core/names/arn.ts'
import type { Call } from '../service.ts'
import type { EntityRequest, OidcProviderRequest, PolicyRequest } from './iam-action.ts'
import { requestedEntity } from './requested-entity.ts'
import type { TagMember } from './tags.ts'

/** What requests bring along that policies can ask about. */
interface Asked {
  readonly Tags?: readonly TagMember[]
  readonly TagKeys?: readonly string[]
  readonly PermissionsBoundary?: string
  readonly PolicyArn?: string
}

/**
 * Declares an operation that is done to the entity its request names. A policy can ask for the boundary that the entity has, or is to
 * get, so that whoever may only make users within one can't make others.
 *
 * @see Service authorization reference, "Actions, resources, and condition keys for AWS IAM"
 */
export function onEntity(kind: EntityKind, operation: string) {
  return async (
    request: EntityRequest & Asked,
    call: Call,
    { metadata }: Iam,
  ): Promise<readonly Permission[]> => {
    const key = requestedEntity(kind, request, call)
    const known = await metadata.iam.entity(key.account, kind, key.name)
    const resource = entityArn(known ?? { ...key, path: '/' })
    const boundary = request.PermissionsBoundary ?? (known && (await metadata.iam.boundary(known.id)))
    return [iamPermission(operation, key.account, { resource, context: contextOf(request, boundary) })]
  }
}

/** Declares an operation that is done to one of an account's entities that may not exist yet, or to all below a path. */
export function onPath(kind: EntityKind | 'policy', operation: string) {
  return (
    request: { readonly Path?: string; readonly PathPrefix?: string; readonly PolicyName?: string } & Asked &
      EntityRequest,
    call: Call,
  ): readonly Permission[] => {
    const { account } = call.caller
    const name = request.UserName ?? request.GroupName ?? request.RoleName ?? request.PolicyName ?? ''
    const resource = `arn:aws:iam::${account}:${kind}${request.Path ?? request.PathPrefix ?? '/'}${name}`
    const context = contextOf(request, request.PermissionsBoundary)
    return [iamPermission(operation, account, { resource, context })]
  }
}

/** Declares an operation that is done to the policy whose ARN its request gives. */
export function onPolicy(operation: string) {
  return ({ PolicyArn, ...request }: PolicyRequest & Asked, call: Call): readonly Permission[] => [
    onArn(operation, PolicyArn, call, contextOf(request, undefined)),
  ]
}

/** Declares an operation that is done to the issuer of tokens whose ARN its request gives. */
export function onOidcProvider(operation: string) {
  return (request: OidcProviderRequest & Asked, call: Call): readonly Permission[] => [
    onArn(operation, request.OpenIDConnectProviderArn, call, contextOf(request, undefined)),
  ]
}

/** Declares the operation that makes one. */
export function onNewOidcProvider(operation: string) {
  return (
    request: { readonly Url: string } & Asked,
    { caller: { account } }: Call,
  ): readonly Permission[] => [
    iamPermission(operation, account, {
      resource: oidcProviderArn({ account, issuer: parseIssuerUrl(request.Url) }),
      context: contextOf(request, undefined),
    }),
  ]
}

/** Declares an operation that is done to no single resource. */
export function onAccount(operation: string) {
  return (_request: unknown, { caller }: Call): readonly Permission[] => [
    iamPermission(operation, caller.account, { resource: '*' }),
  ]
}

/** The right to do something to what an ARN names, which only its own account can give: nothing in here has a policy for others. */
export function onArn(
  operation: string,
  resource: string,
  { caller: { account } }: Call,
  context: Permission['context'] = {},
): Permission {
  return iamPermission(operation, accountIn(resource) ?? account, { resource, context })
}

function iamPermission(
  operation: string,
  owner: AccountId,
  on: Pick<Permission, 'resource' | 'context'>,
): Permission {
  return { action: `iam:${operation}`, owner, ...on }
}

function contextOf(
  { Tags = [], TagKeys, PolicyArn }: { readonly [Member in keyof Asked]: Asked[Member] | undefined },
  boundary: string | undefined,
): NonNullable<Permission['context']> {
  return {
    ...tagConditions(new Map(Tags.map(({ Key, Value }) => [Key, Value]))),
    ...(TagKeys !== undefined && { 'aws:TagKeys': TagKeys }),
    ...(PolicyArn !== undefined && { 'iam:PolicyARN': PolicyArn }),
    ...(boundary !== undefined && { 'iam:PermissionsBoundary': boundary }),
  }
}
