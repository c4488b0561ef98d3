import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import type { RepositoryName } from '../../core/names/repository-name.ts'
import type { Repository, TagMutabilitySetting } from '../../core/repositories/repository.ts'

export interface RepositoryReader {
  find(key: RepositoryKey): Promise<Repository | undefined>
  /** One page of a registry's repositories by name (byte order), from the first name after `after`. */
  list(
    registry: RegistryKey,
    page: { readonly after?: RepositoryName | undefined; readonly limit: number },
  ): Promise<Repository[]>
  count(registry: RegistryKey): Promise<number>
}

export interface RepositoryWriter {
  /**
   * Finds a repository and holds it until the transaction ends: no other transaction that locks it, in any
   * process, gets past this line before.
   */
  lock(key: RepositoryKey): Promise<Repository | undefined>
  /** Adds it, or resolves to undefined when the name is taken. */
  add(repository: Omit<Repository, 'id'>): Promise<Repository | undefined>
  setTagMutability(repositoryId: number, setting: TagMutabilitySetting): Promise<void>
  setScanOnPush(repositoryId: number, scanOnPush: boolean): Promise<void>
  /** Deletes the repository and every row that belongs to it: images, tags, links, uploads, resource tags. Its blobs count as needed until now. */
  delete(repositoryId: number, at: Date): Promise<void>
  /** Deletes every repository of every account and region: development mode's reset. */
  deleteAll(at: Date): Promise<void>
}
