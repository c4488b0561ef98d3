import { hash } from 'node:crypto'
import { ImageDigestDoesNotMatchError } from '../core/images/errors.ts'
import { type Digest, digestAlgorithm, digestOf } from '../core/names/digest.ts'
import type { ManifestPush } from './put-manifest.ts'

/**
 * What a pushed manifest is called: the hash of the very bytes that came, by the algorithm of the digest the client
 * names, else SHA-256.
 *
 * @throws ImageDigestDoesNotMatchError when the client names another
 */
export function digestOfPush({
  repository,
  content,
  digest,
}: Pick<ManifestPush, 'repository' | 'content' | 'digest'>): Digest {
  const algorithm = digest === undefined ? 'sha256' : digestAlgorithm(digest)
  const calculated = digestOf(algorithm, hash(algorithm, content, 'hex'))
  if (digest !== undefined && digest !== calculated) {
    throw new ImageDigestDoesNotMatchError(repository, digest)
  }
  return calculated
}
