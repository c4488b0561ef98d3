import type { Entity } from '../../core/iam/entity.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { findByArn } from './find-by-arn.ts'

/** The role that an ARN names, in whichever account. */
export async function findRole(
  metadata: Pick<MetadataReader, 'iam'>,
  arn: string,
): Promise<Entity | undefined> {
  const entity = await findByArn(metadata, arn)
  return entity?.kind === 'role' ? entity : undefined
}
