import type { ResourceRules } from '../../core/policies/resource-rules.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { findByArn } from '../iam/find-by-arn.ts'
import type { Permission } from '../permission.ts'
import { readResourcePolicy } from './read-resource-policy.ts'

const assuming = /^sts:/

/**
 * The tags of a user, a role or a policy, and, where somebody wants to assume a role, its trust policy: without it, and so without the
 * role, nobody does.
 */
export async function iamRules(
  { iam, arnTags }: Pick<MetadataReader, 'iam' | 'arnTags'>,
  { action, resource: arn }: Pick<Permission, 'action' | 'resource'>,
): Promise<ResourceRules> {
  const entity = await findByArn({ iam }, arn)
  const tags = entity ? new Map(Object.entries(entity.details.tags)) : await arnTags.of(arn)
  if (!assuming.test(action)) return { resource: { policy: undefined, tags } }
  const trust = entity?.kind === 'role' ? entity.details.trustPolicy : undefined
  const policy = trust && readResourcePolicy(trust, `the trust policy of role ${entity?.name}`, 'trust')
  return { resource: { policy: policy || undefined, tags }, mustAllow: true }
}
