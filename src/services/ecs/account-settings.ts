import type { Setting } from '@aws-sdk/client-ecs'
import type { Principal } from '../../access/principal.ts'
import { EcsClientError, EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'

type SettingName = NonNullable<Setting['name']>

/** Whose settings hold for all who have none of their own. */
export function rootArn(account: AccountId): string {
  return `arn:aws:iam::${account}:root`
}

/**
 * Whose settings a request is about: the caller's own unless it says.
 *
 * @throws EcsInvalidParameterError for nobody of the account
 * @throws EcsClientError for anybody else's, unless the account's root asks
 */
export function settingsOwner(
  { principalArn }: { readonly principalArn?: string },
  { caller }: Call,
): string {
  const own = ownArn(caller)
  if (principalArn === undefined || principalArn === own) return own
  if (!principalArn.startsWith(`arn:aws:iam::${caller.account}:`)) {
    throw new EcsInvalidParameterError(`The principal ARN '${principalArn}' is not one of this account.`)
  }
  if (own === rootArn(caller.account)) return principalArn
  throw new EcsClientError('Only the root user may see or change the settings of others.')
}

/** Of a session, its role's. */
function ownArn({ arn, role }: Principal): string {
  return role?.arn ?? arn
}

export function settingShape(name: string, value: string, principalArn: string): Checked<Setting> {
  const type = name === 'guardDutyActivate' ? 'aws_managed' : 'user'
  // The model has checked it, or it is one of core's own.
  return { name: name as SettingName, value, principalArn, type }
}
