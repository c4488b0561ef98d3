import type { BusKey } from '../../core/events/rule.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'

/** The bus that an ARN names, or undefined for any other text. */
export function parseBusArn(text: string): BusKey | undefined {
  const match = /^arn:aws:events:([^:]*):([^:]*):event-bus\/([/.\-_A-Za-z0-9]{1,256})$/.exec(text)
  const [, region = '', account = '', name = ''] = match ?? []
  return isRegion(region) && isAccountId(account) ? { account, region, name } : undefined
}
