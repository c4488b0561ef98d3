import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'
import type { ResourceRules } from '../../core/policies/resource-rules.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { readResourcePolicy } from './read-resource-policy.ts'

/** What the policy of an event bus says, if it has one. */
export async function busRules(
  { rules, arnTags }: Pick<MetadataReader, 'rules' | 'arnTags'>,
  arn: string,
): Promise<ResourceRules | undefined> {
  const [, , , region = '', account = '', resource = ''] = arn.split(':')
  if (!isRegion(region) || !isAccountId(account)) return undefined
  const name = resource.slice('event-bus/'.length)
  const bus = await rules.bus({ account, region, name })
  const policy =
    bus?.policy === undefined ? undefined : readResourcePolicy(bus.policy, `the policy of event bus ${name}`)
  return { resource: { policy, tags: await arnTags.of(arn) } }
}
