import type { RegistryKey } from '../../core/names/registry-key.ts'

/** The texts of policies, as they were put. */
export interface ResourcePolicyReader {
  ofRepository(repositoryId: number): Promise<string | undefined>
  ofRegistry(registry: RegistryKey): Promise<string | undefined>
}

export interface ResourcePolicyWriter {
  /** For a transaction that has locked the repository. */
  putOfRepository(repositoryId: number, text: string): Promise<void>
  /** Resolves to the text that is gone, if there was one. */
  deleteOfRepository(repositoryId: number): Promise<string | undefined>
  putOfRegistry(registry: RegistryKey, text: string): Promise<void>
  /** Resolves to the text that is gone, if there was one. */
  deleteOfRegistry(registry: RegistryKey): Promise<string | undefined>
  /** Deletes the policies of all registries: development mode's reset. */
  deleteAllOfRegistries(): Promise<void>
}
