import { ImageNotFoundError } from '../../core/errors.ts'
import { isDigest } from '../../core/names/digest.ts'
import { type Reference, readReference } from '../../core/names/reference.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { parseTag } from '../../core/names/tag.ts'
import { invalidDigest } from './refusal.ts'

/** Reads what a manifest is asked for by. @throws ImageNotFoundError for what can name none */
export function wantedReference(repository: RepositoryKey, text: string): Reference {
  const reference = readReference(text)
  if (reference === undefined) throw new ImageNotFoundError(repository, { tag: text })
  return reference
}

/**
 * Reads what a manifest shall be known by.
 *
 * @throws InvalidParameterError at `imageTag`, in ECR's words
 * @throws OciError DIGEST_INVALID for what has a digest's colon and is none
 */
export function newReference(text: string): Reference {
  if (isDigest(text)) return { kind: 'digest', digest: text }
  if (text.includes(':')) throw invalidDigest(text)
  return { kind: 'tag', tag: parseTag(text) }
}
