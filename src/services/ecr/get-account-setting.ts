import type { GetAccountSettingRequest, GetAccountSettingResponse } from '@aws-sdk/client-ecr'
import { parseAccountSettingName } from '../../core/registries/account-settings.ts'
import { registryRules } from '../../registry/find-resource-rules.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/**
 * What a setting is, put or not.
 *
 * @see Amazon ECR API reference, GetAccountSetting
 */
export const getAccountSetting: EcrAction<GetAccountSettingRequest, GetAccountSettingResponse> = {
  operation: 'GetAccountSetting',
  permissions: onRegistry('ecr:GetAccountSetting'),
  async run(input, { registry: key }, { registry }) {
    const name = parseAccountSettingName(input.name)
    const { settings } = await registryRules(registry, key)
    return { name, value: settings[name] }
  },
}
