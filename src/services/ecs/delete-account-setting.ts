import type { DeleteAccountSettingRequest, DeleteAccountSettingResponse } from '@aws-sdk/client-ecs'
import { usualSettings } from '../../core/ecs/account-settings.ts'
import { rootArn, settingShape, settingsOwner } from './account-settings.ts'
import type { EcsAction } from './ecs-action.ts'
import { onNothing } from './permissions.ts'

/** Forgets what a principal has said: what holds for all holds again. @see Amazon ECS API reference, DeleteAccountSetting */
export const deleteAccountSetting: EcsAction<DeleteAccountSettingRequest, DeleteAccountSettingResponse> = {
  operation: 'DeleteAccountSetting',
  permissions: onNothing('ecs:DeleteAccountSetting'),
  async run(input, call, { registry: { metadata } }) {
    const { name } = input
    const owner = settingsOwner(input, call)
    return metadata.write(async (tx) => {
      await tx.ecsAccountSettings.delete(call.registry, owner, name)
      const ofAll = await tx.ecsAccountSettings.of(call.registry, rootArn(call.registry.account))
      return { setting: settingShape(name, ofAll.get(name) ?? usualSettings.get(name) ?? '', owner) }
    })
  },
}
