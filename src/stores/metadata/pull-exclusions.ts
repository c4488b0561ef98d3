import type { RegistryKey } from '../../core/names/registry-key.ts'

/** ARNs of the principals of a registry whose pulls leave lastRecordedPullTime alone. */
export interface PullExclusionReader {
  /** One page in byte order. */
  list(
    registry: RegistryKey,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<string[]>
}

export interface PullExclusionWriter {
  /**
   * Adds one, or resolves to false when it is there. Transactions that add to the same registry run one after another from here on, so
   * that the caller may count.
   */
  add(registry: RegistryKey, principalArn: string, at: Date): Promise<boolean>
  /** Resolves to whether there was one. */
  remove(registry: RegistryKey, principalArn: string): Promise<boolean>
  /** Deletes those of every registry: development mode's reset. */
  deleteAll(): Promise<void>
}
