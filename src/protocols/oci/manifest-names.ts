import { type Digest, isDigest } from '../../core/names/digest.ts'
import { parseTag, type Tag } from '../../core/names/tag.ts'
import { invalidDigest, OciError } from './refusal.ts'

/** What a pushed manifest shall be known by; the digest is the client's word for its bytes. */
export interface ManifestNames {
  readonly digest?: Digest
  /** Each once. */
  readonly tags: readonly Tag[]
}

/** The specification asks for ten at least; each is looked up while the repository is locked. */
const mostTags = 100

/**
 * Reads the names of a push from the end of its path and, where that is a digest, its `tag` parameters.
 *
 * @throws InvalidParameterError at `imageTag`, in ECR's words
 * @throws OciError DIGEST_INVALID for what has a digest's colon and is none
 * @throws OciError UNSUPPORTED for `tag` parameters beside a tag (400) and for more than a hundred (414)
 * @see distribution spec after 1.1, "Pushing Manifests", pull request 600 there
 */
export function readManifestNames(reference: string, query: URLSearchParams): ManifestNames {
  const tags = [...new Set(query.getAll('tag'))]
  if (tags.length > mostTags) throw tooManyTags()
  if (isDigest(reference)) return { digest: reference, tags: tags.map(parseTag) }
  if (reference.includes(':')) throw invalidDigest(reference)
  if (tags.length > 0) throw tagBesideTag()
  return { tags: [parseTag(reference)] }
}

function tooManyTags(): OciError {
  return new OciError({
    status: 414,
    code: 'UNSUPPORTED',
    message: `At most ${mostTags} tags can be pushed at once`,
  })
}

function tagBesideTag(): OciError {
  return new OciError({
    status: 400,
    code: 'UNSUPPORTED',
    message: 'The tag parameter goes with a manifest that is pushed by its digest',
  })
}
