import { type Entity, idPrefixes } from '../../core/iam/entity.ts'
import { alreadyExists, DeleteConflictError, ValidationError } from '../../core/iam/iam-errors.ts'
import { makeUniqueId } from '../../core/iam/make-unique-id.ts'
import { serviceRolePath } from '../../core/iam/service-linked-role.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { checkTags } from './check-tags.ts'
import { type EntityKey, findEntity } from './find-entity.ts'
import { changeIam, type Iam } from './iam.ts'
import { requireAttachable } from './require-attachable.ts'
import { requireModifiable } from './require-modifiable.ts'

const pathPattern = /^\/(?:[\x21-\x7e]+\/)?$/

/**
 * @param boundary the ARN of a policy that it can do no more than
 * @throws EntityAlreadyExistsError, NoSuchEntityError for the boundary, ValidationError for a path that is none, InvalidInputError
 */
export async function createEntity(
  iam: Iam,
  wanted: EntityKey & Pick<Entity, 'path' | 'details'>,
  boundary?: string,
): Promise<Entity> {
  checkNewPath(wanted.path)
  checkTags(wanted.details.tags)
  const id = makeUniqueId(idPrefixes[wanted.kind], iam.randomBytes)
  const entity: Entity = { ...wanted, id, createdAt: iam.now() }
  await changeIam(iam, async (tx) => {
    if (boundary !== undefined) await requireAttachable(tx, wanted.account, boundary)
    if (!(await tx.iam.addEntity(entity))) throw alreadyExists(wanted.kind, wanted.name)
    if (boundary !== undefined) await tx.iam.setBoundary(id, boundary)
  })
  return entity
}

/** @throws NoSuchEntityError, EntityAlreadyExistsError for a new name that is taken */
export function updateEntity(
  iam: Iam,
  key: EntityKey,
  change: (entity: Entity) => Partial<Pick<Entity, 'name' | 'path' | 'details'>>,
): Promise<void> {
  return changeIam(iam, async (tx) => {
    const entity = await findEntity(tx, key)
    requireModifiable(entity)
    const changes = change(entity)
    if (changes.path !== undefined) checkNewPath(changes.path)
    if (changes.details) checkTags(changes.details.tags)
    const updated = await tx.iam.updateEntity(entity.id, changes)
    if (!updated) throw alreadyExists(key.kind, changes.name ?? key.name)
  })
}

/** Nothing may hang on it any more. @throws NoSuchEntityError, DeleteConflictError */
export function deleteEntity(iam: Iam, key: EntityKey): Promise<void> {
  return changeIam(iam, async (tx) => {
    const entity = await findEntity(tx, key)
    requireModifiable(entity)
    const obstacle = await whatHangsOn(tx, entity.id)
    if (obstacle !== undefined) throw new DeleteConflictError(`Cannot delete entity, must ${obstacle} first.`)
    await tx.iam.deleteEntity(entity.id)
  })
}

async function whatHangsOn({ iam }: MetadataTransaction, id: string): Promise<string | undefined> {
  if ((await iam.keysOf(id)).length > 0) return 'delete access keys'
  if ((await iam.inlinePolicies(id)).length > 0) return 'delete policies'
  if ((await iam.attachments(id)).length > 0) return 'detach all policies'
  const members = [...(await iam.membersOf(id)), ...(await iam.groupsOf(id))]
  return members.length > 0 ? 'remove users from group' : undefined
}

/** @throws ValidationError for a path that is none, or that AWS's services have for themselves */
function checkNewPath(path: string): void {
  if (pathPattern.test(path) && path.length <= 512 && !path.startsWith(serviceRolePath)) return
  throw new ValidationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
}
