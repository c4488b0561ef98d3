import type { RegistryKey } from '../../core/names/registry-key.ts'

/** The settings of registries that were ever put, by name. */
export interface AccountSettingReader {
  of(registry: RegistryKey): Promise<ReadonlyMap<string, string>>
}

export interface AccountSettingWriter {
  put(registry: RegistryKey, name: string, value: string): Promise<void>
  /** Forgets the settings of all registries: development mode's reset. */
  deleteAll(): Promise<void>
}
