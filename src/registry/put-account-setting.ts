import type { RegistryKey } from '../core/names/registry-key.ts'
import { type AccountSettingName, checkAccountSettingValue } from '../core/registries/account-settings.ts'
import { changeRegistry } from './change-registry.ts'
import type { Registry } from './registry.ts'

/** Puts a setting of a registry. @throws InvalidParameterError at `value` */
export async function putAccountSetting(
  registry: Registry,
  key: RegistryKey,
  { name, value }: { readonly name: AccountSettingName; readonly value: string },
): Promise<void> {
  checkAccountSettingValue(name, value)
  await changeRegistry(registry, key, (tx) => tx.accountSettings.put(key, name, value))
}
