import type { PutAccountSettingDefaultRequest, PutAccountSettingDefaultResponse } from '@aws-sdk/client-ecs'
import { checkAccountSetting } from '../../core/ecs/account-settings.ts'
import { rootArn, settingShape } from './account-settings.ts'
import type { EcsAction } from './ecs-action.ts'
import { onNothing } from './permissions.ts'

/** The same for all who have said nothing of their own. @see Amazon ECS API reference, PutAccountSettingDefault */
export const putAccountSettingDefault: EcsAction<
  PutAccountSettingDefaultRequest,
  PutAccountSettingDefaultResponse
> = {
  operation: 'PutAccountSettingDefault',
  permissions: onNothing('ecs:PutAccountSettingDefault'),
  async run({ name, value }, { registry }, { registry: { metadata } }) {
    checkAccountSetting(name, value)
    const owner = rootArn(registry.account)
    await metadata.write((tx) => tx.ecsAccountSettings.put(registry, owner, { name, value }))
    return { setting: settingShape(name, value, owner) }
  },
}
