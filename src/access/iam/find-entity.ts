import type { Entity, EntityKind } from '../../core/iam/entity.ts'
import { noSuch } from '../../core/iam/iam-errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

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
