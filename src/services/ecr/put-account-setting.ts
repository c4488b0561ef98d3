import type { PutAccountSettingRequest, PutAccountSettingResponse } from '@aws-sdk/client-ecr'
import { parseAccountSettingName } from '../../core/registries/account-settings.ts'
import { putAccountSetting as put } from '../../registry/put-account-setting.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/** @see Amazon ECR API reference, PutAccountSetting */
export const putAccountSetting: EcrAction<PutAccountSettingRequest, PutAccountSettingResponse> = {
  operation: 'PutAccountSetting',
  permissions: onRegistry('ecr:PutAccountSetting'),
  async run({ name: asked, value }, { registry: key }, { registry }) {
    const name = parseAccountSettingName(asked)
    await put(registry, key, { name, value })
    return { name, value }
  },
}
