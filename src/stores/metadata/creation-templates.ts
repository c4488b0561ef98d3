import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import type { CreationTemplate } from '../../core/repositories/creation-template.ts'

/** The templates of a registry for the repositories that Berth makes by itself. */
export interface CreationTemplateReader {
  /** By prefix, with or without the slash at its end. */
  find(registry: RegistryKey, prefix: string): Promise<CreationTemplate | undefined>
  /** Those whose prefix fits a repository's name, the longest first. */
  matching(repository: RepositoryKey): Promise<CreationTemplate[]>
  /** One page by prefix, ROOT first, from the first after `after`. */
  list(
    registry: RegistryKey,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<CreationTemplate[]>
  count(registry: RegistryKey): Promise<number>
}

export interface CreationTemplateWriter {
  /** Finds a template and holds it until the transaction ends. */
  lock(registry: RegistryKey, prefix: string): Promise<CreationTemplate | undefined>
  /** Adds it; false when the prefix is taken. */
  add(registry: RegistryKey, template: CreationTemplate): Promise<boolean>
  /** Puts it in the place of the one with the same prefix, which keeps the time it was created at; false when there is none. */
  replace(registry: RegistryKey, template: CreationTemplate): Promise<boolean>
  delete(registry: RegistryKey, prefix: string): Promise<void>
  /** Deletes those of every registry: development mode's reset. */
  deleteAll(): Promise<void>
}
