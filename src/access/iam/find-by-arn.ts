import { type Entity, entityArn } from '../../core/iam/entity.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

const named = /^(user|group|role)\/(?:.*\/)?([^/]+)$/

/** The user, group or role that an ARN names. */
export async function findByArn(
  { iam }: Pick<MetadataReader, 'iam'>,
  arn: string,
): Promise<Entity | undefined> {
  const [, , , , account = '', resource = ''] = arn.split(':')
  const [, kind, name] = named.exec(resource) ?? []
  if (!isAccountId(account) || name === undefined) return undefined
  if (kind !== 'user' && kind !== 'group' && kind !== 'role') return undefined
  const entity = await iam.entity(account, kind, name)
  return entity && entityArn(entity) === arn ? entity : undefined
}
