import { type Entity, entityArn } from '../../core/iam/entity.ts'
import type { TagMember } from './iam-action.ts'

const defaultMaxSession = 3600

/** A user, group or role as IAM's answers have it. */
export function entityShape(entity: Entity): Readonly<Record<string, unknown>> {
  const noun = { user: 'User', group: 'Group', role: 'Role' }[entity.kind]
  const { tags, trustPolicy, description, maxSession = defaultMaxSession } = entity.details
  return {
    Path: entity.path,
    [`${noun}Name`]: entity.name,
    [`${noun}Id`]: entity.id,
    Arn: entityArn(entity),
    CreateDate: entity.createdAt,
    ...(entity.kind !== 'group' && Object.keys(tags).length > 0 && { Tags: tagMembers(tags) }),
    ...(trustPolicy !== undefined && {
      AssumeRolePolicyDocument: encodeDocument(trustPolicy),
      Description: description,
      MaxSessionDuration: maxSession,
    }),
  }
}

/** Documents are percent-encoded in answers. @see IAM API reference, GetRolePolicy; RFC 3986 */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

export function tagMembers(tags: Entity['details']['tags']): TagMember[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

export function readTags(tags: readonly TagMember[] = []): Entity['details']['tags'] {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}
