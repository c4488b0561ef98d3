import { type Entity, type EntityKind, idPrefixes } from '../../core/iam/entity.ts'
import {
  alreadyExists,
  DeleteConflictError,
  InvalidInputError,
  noSuch,
  ValidationError,
} from '../../core/iam/iam-errors.ts'
import { makeUniqueId } from '../../core/iam/make-unique-id.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { MetadataReader, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { changeIam, type Iam } from './iam.ts'

const pathPattern = /^\/(?:[\x21-\x7e]+\/)?$/
const mostTags = 50

/** Names one entity of an account. */
export interface EntityKey {
  readonly account: AccountId
  readonly kind: EntityKind
  readonly name: string
}

/** @throws NoSuchEntityError */
export async function findEntity(
  { iam }: Pick<MetadataReader, 'iam'>,
  { account, kind, name }: EntityKey,
): Promise<Entity> {
  const entity = await iam.entity(account, kind, name)
  if (entity === undefined) throw noSuch(kind, name)
  return entity
}

/** @throws EntityAlreadyExistsError, ValidationError for a path that is none, InvalidInputError for tags */
export async function createEntity(
  iam: Iam,
  wanted: EntityKey & Pick<Entity, 'path' | 'details'>,
): Promise<Entity> {
  checkPath(wanted.path)
  checkTags(wanted.details.tags)
  const id = makeUniqueId(idPrefixes[wanted.kind], iam.randomBytes)
  const entity: Entity = { ...wanted, id, createdAt: iam.now() }
  const added = await changeIam(iam, (tx) => tx.iam.addEntity(entity))
  if (!added) throw alreadyExists(wanted.kind, wanted.name)
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
    const changes = change(entity)
    if (changes.path !== undefined) checkPath(changes.path)
    if (changes.details) checkTags(changes.details.tags)
    const updated = await tx.iam.updateEntity(entity.id, changes)
    if (!updated) throw alreadyExists(key.kind, changes.name ?? key.name)
  })
}

/** Nothing may hang on it any more. @throws NoSuchEntityError, DeleteConflictError */
export function deleteEntity(iam: Iam, key: EntityKey): Promise<void> {
  return changeIam(iam, async (tx) => {
    const { id } = await findEntity(tx, key)
    const obstacle = await whatHangsOn(tx, id)
    if (obstacle !== undefined) throw new DeleteConflictError(`Cannot delete entity, must ${obstacle} first.`)
    await tx.iam.deleteEntity(id)
  })
}

async function whatHangsOn({ iam }: MetadataTransaction, id: string): Promise<string | undefined> {
  if ((await iam.keysOf(id)).length > 0) return 'delete access keys'
  if ((await iam.inlinePolicies(id)).length > 0) return 'delete policies'
  if ((await iam.attachments(id)).length > 0) return 'detach all policies'
  const members = [...(await iam.membersOf(id)), ...(await iam.groupsOf(id))]
  return members.length > 0 ? 'remove users from group' : undefined
}

function checkPath(path: string): void {
  if (pathPattern.test(path) && path.length <= 512) return
  throw new ValidationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
}

function checkTags(tags: Entity['details']['tags']): void {
  const keys = Object.keys(tags).map((key) => key.toLowerCase())
  if (new Set(keys).size < keys.length) {
    throw new InvalidInputError('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (keys.length > mostTags) throw new InvalidInputError(`The number of tags has reached the maximum limit.`)
}
