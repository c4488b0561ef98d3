import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Acceptance, AcceptanceScope } from '../../core/scanning/acceptance.ts'

export interface AcceptanceReader {
  /** By vulnerability, repository, digest and package, those after one. */
  list(
    registry: RegistryKey,
    page: { readonly after?: AcceptanceScope | undefined; readonly limit: number },
  ): Promise<Acceptance[]>
  count(registry: RegistryKey): Promise<number>
}

export interface AcceptanceWriter {
  /** Puts them in the place of those of the same scope. */
  put(registry: RegistryKey, acceptances: readonly Acceptance[]): Promise<void>
  /** False when there is none of this scope. */
  delete(registry: RegistryKey, scope: AcceptanceScope): Promise<boolean>
  /** Deletes those of every registry: development mode's reset. */
  deleteAll(): Promise<void>
}
