import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'
import type { ResourceRules } from '../../core/policies/resource-rules.ts'
import { policyOf } from '../../core/topics/topic-policy.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { readResourcePolicy } from './read-resource-policy.ts'

/** What the policy of a topic says, the one that SNS gives each topic if no other was set. */
export async function topicRules(
  { topics, arnTags }: Pick<MetadataReader, 'topics' | 'arnTags'>,
  arn: string,
): Promise<ResourceRules | undefined> {
  const [, , , region = '', account = '', name = ''] = arn.split(':')
  if (!isRegion(region) || !isAccountId(account)) return undefined
  const topic = await topics.find({ account, region, name })
  if (topic === undefined) return undefined
  const policy = readResourcePolicy(policyOf(topic), `the policy of topic ${name}`)
  return { resource: { policy, tags: await arnTags.of(arn) } }
}
