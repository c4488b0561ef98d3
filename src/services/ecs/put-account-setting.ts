import type { PutAccountSettingRequest, PutAccountSettingResponse } from '@aws-sdk/client-ecs'
import { checkAccountSetting } from '../../core/ecs/account-settings.ts'
import { settingShape, settingsOwner } from './account-settings.ts'
import type { EcsAction } from './ecs-action.ts'
import { onNothing } from './permissions.ts'

/** Settles what a setting is for a principal; what Berth can't act upon is refused. @see Amazon ECS API reference, PutAccountSetting */
export const putAccountSetting: EcsAction<PutAccountSettingRequest, PutAccountSettingResponse> = {
  operation: 'PutAccountSetting',
  permissions: onNothing('ecs:PutAccountSetting'),
  async run(input, call, { registry: { metadata } }) {
    const { name, value } = input
    checkAccountSetting(name, value)
    const owner = settingsOwner(input, call)
    await metadata.write((tx) => tx.ecsAccountSettings.put(call.registry, owner, { name, value }))
    return { setting: settingShape(name, value, owner) }
  },
}
