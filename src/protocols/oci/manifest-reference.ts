import { ImageNotFoundError } from '../../core/images/errors.ts'
import { type Reference, readReference } from '../../core/names/reference.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'

/** Reads what a manifest is asked for by. @throws ImageNotFoundError for what can name none */
export function wantedReference(repository: RepositoryKey, text: string): Reference {
  const reference = readReference(text)
  if (reference === undefined) throw new ImageNotFoundError(repository, { tag: text })
  return reference
}
