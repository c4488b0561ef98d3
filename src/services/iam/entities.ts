import { createEntity, deleteEntity, updateEntity } from '../../access/iam/entities.ts'
import { checkPolicyDocument, checkPolicySize } from '../../access/iam/policy-documents.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import { entityShape, readTags, tagMembers } from './entity-shape.ts'
import type { EntityRequest, IamAction, TagMember } from './iam-action.ts'
import { type PagedInput, readIamPage } from './iam-page.ts'
import { findRequested, onEntity, onPath, requestedEntity } from './requested-entity.ts'

const trustPolicyLimit = 2_048

interface Creation extends EntityRequest {
  readonly Path?: string
  readonly Tags?: readonly TagMember[]
  readonly PermissionsBoundary?: string
  readonly AssumeRolePolicyDocument?: string
  readonly Description?: string
  readonly MaxSessionDuration?: number
}

/** CreateUser, CreateGroup, CreateRole. @see IAM API reference */
export function createOf(kind: EntityKind): IamAction<Creation> {
  const noun = nounOf(kind)
  return {
    operation: `Create${noun}`,
    permissions: onPath(kind, `Create${noun}`),
    async run(input, call, iam) {
      refuseBoundary(input)
      const { Path: path = '/', AssumeRolePolicyDocument: trustPolicy } = input
      if (trustPolicy !== undefined) checkTrustPolicy(trustPolicy)
      const details = {
        tags: readTags(input.Tags),
        ...(trustPolicy !== undefined && { trustPolicy }),
        ...(input.Description !== undefined && { description: input.Description }),
        ...(input.MaxSessionDuration !== undefined && { maxSession: input.MaxSessionDuration }),
      }
      const key = requestedEntity(kind, input, call)
      return { [noun]: entityShape(await createEntity(iam, { ...key, path, details })) }
    },
  }
}

/** GetUser, GetRole; and GetGroup with its users. */
export function getOf(kind: EntityKind): IamAction<EntityRequest> {
  const noun = nounOf(kind)
  return {
    operation: `Get${noun}`,
    permissions: onEntity(kind, `Get${noun}`),
    async run(input, call, iam) {
      const entity = await findRequested(kind, input, call, iam)
      const members = kind === 'group' ? await iam.metadata.iam.membersOf(entity.id) : undefined
      return {
        [noun]: entityShape(entity),
        ...(members && { Users: members.map(entityShape), IsTruncated: false }),
      }
    },
  }
}

/** ListUsers, ListGroups, ListRoles, by name. */
export function listOf(kind: EntityKind): IamAction<PagedInput & { readonly PathPrefix?: string }> {
  const plural = `${nounOf(kind)}s`
  return {
    operation: `List${plural}`,
    permissions: onPath(kind, `List${plural}`),
    async run(input, call, { metadata }) {
      const { account } = call.caller
      const pathPrefix = input.PathPrefix
      const { rows, paging } = await readIamPage(call, input, (page) =>
        metadata.iam.entities(account, kind, { ...page, pathPrefix }),
      )
      return { [plural]: rows.map(entityShape), ...paging }
    },
  }
}

/** DeleteUser, DeleteGroup, DeleteRole. */
export function deleteOf(kind: EntityKind): IamAction<EntityRequest> {
  const operation = `Delete${nounOf(kind)}`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await deleteEntity(iam, requestedEntity(kind, input, call))
      return {}
    },
  }
}

/** @see IAM API reference, UpdateUser */
export const updateUser: IamAction<
  EntityRequest & { readonly NewUserName?: string; readonly NewPath?: string }
> = {
  operation: 'UpdateUser',
  permissions: onEntity('user', 'UpdateUser'),
  async run(input, call, iam) {
    const { NewUserName: name, NewPath: path } = input
    const changes = { ...(name !== undefined && { name }), ...(path !== undefined && { path }) }
    await updateEntity(iam, requestedEntity('user', input, call), () => changes)
    return {}
  },
}

/** @see IAM API reference, UpdateRole */
export const updateRole: IamAction<Creation> = {
  operation: 'UpdateRole',
  permissions: onEntity('role', 'UpdateRole'),
  async run(input, call, iam) {
    const { Description: description = '', MaxSessionDuration: maxSession } = input
    await updateEntity(iam, requestedEntity('role', input, call), ({ details }) => ({
      details: { ...details, description, ...(maxSession !== undefined && { maxSession }) },
    }))
    return {}
  },
}

/** @see IAM API reference, UpdateAssumeRolePolicy */
export const updateAssumeRolePolicy: IamAction<EntityRequest & { readonly PolicyDocument: string }> = {
  operation: 'UpdateAssumeRolePolicy',
  permissions: onEntity('role', 'UpdateAssumeRolePolicy'),
  async run(input, call, iam) {
    const trustPolicy = input.PolicyDocument
    checkTrustPolicy(trustPolicy)
    await updateEntity(iam, requestedEntity('role', input, call), ({ details }) => ({
      details: { ...details, trustPolicy },
    }))
    return {}
  },
}

/** TagUser, TagRole. */
export function tagOf(kind: EntityKind): IamAction<EntityRequest & { readonly Tags: readonly TagMember[] }> {
  const operation = `Tag${nounOf(kind)}`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await updateEntity(iam, requestedEntity(kind, input, call), ({ details }) => ({
        details: { ...details, tags: { ...details.tags, ...readTags(input.Tags) } },
      }))
      return {}
    },
  }
}

/** UntagUser, UntagRole. */
export function untagOf(
  kind: EntityKind,
): IamAction<EntityRequest & { readonly TagKeys: readonly string[] }> {
  const operation = `Untag${nounOf(kind)}`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await updateEntity(iam, requestedEntity(kind, input, call), ({ details }) => ({
        details: {
          ...details,
          tags: readTags(tagMembers(details.tags).filter(({ Key }) => !input.TagKeys.includes(Key))),
        },
      }))
      return {}
    },
  }
}

/** ListUserTags, ListRoleTags. */
export function listTagsOf(kind: EntityKind): IamAction<EntityRequest> {
  const operation = `List${nounOf(kind)}Tags`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { details } = await findRequested(kind, input, call, iam)
      return { Tags: tagMembers(details.tags), IsTruncated: false }
    },
  }
}

export function nounOf(kind: EntityKind): 'User' | 'Group' | 'Role' {
  return ({ user: 'User', group: 'Group', role: 'Role' } as const)[kind]
}

function checkTrustPolicy(text: string): void {
  checkPolicyDocument(text, 'trust')
  checkPolicySize([text], trustPolicyLimit, 'ACLSizePerRole')
}

/** A boundary that isn't kept would let its holder do more than its maker believes. */
function refuseBoundary({ PermissionsBoundary: boundary }: Creation): void {
  if (boundary === undefined) return
  throw new ValidationError('Permissions boundaries are not offered by this server')
}
