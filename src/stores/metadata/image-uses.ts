import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'

/** Who runs an image, by itself or as one that an index lists. */
export interface ImageUse {
  /** How many tasks do that aren't stopped. */
  readonly tasks: number
  /** When the last one of those before them stopped. */
  readonly lastEndedAt?: Date | undefined
}

/** Uses follow from the tasks that are put. @see TaskWriter.put */
export interface ImageUseReader {
  of(repository: RepositoryKey & { readonly id: number }, digest: Digest): Promise<ImageUse>
  /** The images of a repository that tasks run which aren't stopped, and each index above them. */
  running(repository: RepositoryKey & { readonly id: number }): Promise<Digest[]>
}
