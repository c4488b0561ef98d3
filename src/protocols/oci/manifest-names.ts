import { type Digest, isDigest } from '../../core/names/digest.ts'
import { parseTag, type Tag } from '../../core/names/tag.ts'
import { invalidDigest, OciError } from './refusal.ts'

/** What a pushed manifest shall be known by; the digest is the client's word for its bytes. */
export interface ManifestNames {
  readonly digest?: Digest
  /** Each once. */
  readonly tags: readonly Tag[]
}

/**
 * Reads the names of a push from the end of its path and, where that is a digest, its `tag` parameters.
 *
 * @throws InvalidParameterError at `imageTag`, in ECR's words
 * @throws OciError DIGEST_INVALID for what has a digest's colon and is none
 * @throws OciError UNSUPPORTED for `tag` parameters beside a tag
 * @see distribution spec after 1.1, "Pushing Manifests", pull request 600 there
 */
export function readManifestNames(reference: string, query: URLSearchParams): ManifestNames {
  const tags = [...new Set(query.getAll('tag'))]
  if (isDigest(reference)) return { digest: reference, tags: tags.map(parseTag) }
  if (reference.includes(':')) throw invalidDigest(reference)
  if (tags.length > 0) throw tagBesideTag()
  return { tags: [parseTag(reference)] }
}

function tagBesideTag(): OciError {
  return new OciError({
    status: 400,
    code: 'UNSUPPORTED',
    message: 'The tag parameter goes with a manifest that is pushed by its digest',
  })
}
