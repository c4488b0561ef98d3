import { showPrincipals } from '../../access/iam/policy-principals.ts'
import { type Entity, type EntityKind, entityArn } from '../../core/iam/entity.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { encodeDocument } from './encode-document.ts'
import { tagMembers } from './tags.ts'

const defaultMaxSession = 3600

type Shape = Readonly<Record<string, unknown>>
type Reader = Pick<MetadataReader, 'iam'>

/** Roles, and whoever has no trust policy, with the principals of those policies as they are shown. */
export async function withShownTrust(entities: readonly Entity[], metadata: Reader): Promise<Entity[]> {
  const texts = entities.map(({ details }) => details.trustPolicy ?? '')
  const shown = await showPrincipals(metadata, texts)
  return entities.map((entity, at) => {
    const trustPolicy = shown[at]
    return trustPolicy ? { ...entity, details: { ...entity.details, trustPolicy } } : entity
  })
}

/** A user, group or role as IAM's lists have it: without tags and boundary; a role after `withShownTrust`. */
export function listedShape(entity: Entity): Shape {
  const noun = nounOf(entity.kind)
  const { trustPolicy, description, maxSession = defaultMaxSession } = entity.details
  return {
    Path: entity.path,
    [`${noun}Name`]: entity.name,
    [`${noun}Id`]: entity.id,
    Arn: entityArn(entity),
    CreateDate: entity.createdAt,
    ...(trustPolicy !== undefined && {
      AssumeRolePolicyDocument: encodeDocument(trustPolicy),
      Description: description,
      MaxSessionDuration: maxSession,
    }),
  }
}

/** A user, group or role as it is answered by itself, with its tags and its boundary. */
export async function entityShape(stored: Entity, metadata: Reader): Promise<Shape> {
  const [entity = stored] = await withShownTrust([stored], metadata)
  if (entity.kind === 'group') return listedShape(entity)
  const tags = tagMembers(entity.details.tags)
  return {
    ...listedShape(entity),
    ...(tags.length > 0 && { Tags: tags }),
    ...boundaryShape(await metadata.iam.boundary(entity.id)),
  }
}

/** When and where a role was last used; empty where it never was. Only looking at a role by itself, or at everything, tells it. */
export function roleLastUsed({ kind, lastUse }: Entity): Shape {
  if (kind !== 'role') return {}
  return { RoleLastUsed: lastUse ? { LastUsedDate: lastUse.at, Region: lastUse.region } : {} }
}

export function boundaryShape(policyArn: string | undefined) {
  if (policyArn === undefined) return {}
  return {
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: policyArn },
  }
}

export function nounOf(kind: EntityKind): 'User' | 'Group' | 'Role' {
  return ({ user: 'User', group: 'Group', role: 'Role' } as const)[kind]
}
