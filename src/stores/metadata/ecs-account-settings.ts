import type { RegistryKey } from '../../core/names/registry-key.ts'

/** Settings of ECS that somebody has put: for one principal, or for all who have none of their own. */
export interface EcsAccountSettingReader {
  /** By name. @param principal an ARN; the account's root for those of all */
  of(registry: RegistryKey, principal: string): Promise<ReadonlyMap<string, string>>
}

export interface EcsAccountSettingWriter {
  put(
    registry: RegistryKey,
    principal: string,
    setting: { readonly name: string; readonly value: string },
  ): Promise<void>
  delete(registry: RegistryKey, principal: string, name: string): Promise<void>
  /** Forgets those of every account. */
  deleteAll(): Promise<void>
}
