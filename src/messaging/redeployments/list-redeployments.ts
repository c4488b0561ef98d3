import { type Redeployment, readRedeployment, redeploymentPrefix } from '../../core/events/redeployment.ts'
import { defaultBus, type Rule } from '../../core/events/rule.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Messaging } from '../messaging.ts'
import { rulesPerBus } from '../rules/put-rule.ts'

/** A redeployment and the rule that does it. */
export interface FoundRedeployment extends Redeployment {
  readonly rule: Rule
}

/** Every redeployment of a registry, whose rules are no more than a bus may have. */
export async function listRedeployments(
  { metadata }: Messaging,
  { account, region }: RegistryKey,
): Promise<readonly FoundRedeployment[]> {
  const bus = { account, region, name: defaultBus }
  const rules = await metadata.rules.list(bus, { prefix: redeploymentPrefix, limit: rulesPerBus })
  const found = await Promise.all(
    rules.map(async (rule) => {
      const redeployment = readRedeployment(rule, await metadata.rules.targets(rule))
      return redeployment && { ...redeployment, rule }
    }),
  )
  return found.filter((each) => each !== undefined)
}
