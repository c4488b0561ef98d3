import { defaultBus, type RuleKey } from '../../core/events/rule.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'

const pattern = /^arn:aws:events:([^:]*):([^:]*):rule\/(?:([/.\-_A-Za-z0-9]+)\/)?([.\-_A-Za-z0-9]+)$/

/** The rule that an ARN names, or undefined for any other text. */
export function parseRuleArn(text: string): RuleKey | undefined {
  const [, region = '', account = '', bus = defaultBus, name = ''] = pattern.exec(text) ?? []
  return isRegion(region) && isAccountId(account) ? { account, region, bus, name } : undefined
}
