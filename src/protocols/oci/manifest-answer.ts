import type { StoredManifest } from '../../registry/get-manifest.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { entityTag, isKnownToClient, requireMatch } from './conditional.ts'

/**
 * Answers with a manifest as it was pushed, whatever `Accept` says. Docker, containerd, podman, skopeo and buildah list every type
 * they know and look at the answer's `Content-Type`; one that lists too few then names the type it can't read, where a 404 or 406
 * would make it report an image that is there as missing. ECR's conversions between formats would change the digest.
 *
 * @throws OciError 412 when `If-Match` names something else
 * @see distribution spec, "Pulling manifests"
 */
export function manifestAnswer({ headers }: HttpRequest, manifest: StoredManifest): HttpResponse {
  const { content, digest, mediaType } = manifest
  requireMatch(headers['if-match'], digest)
  const known = isKnownToClient(headers['if-none-match'], digest)
  return {
    status: known ? 304 : 200,
    headers: {
      'content-type': mediaType,
      'content-length': content.length,
      'docker-content-digest': digest,
      'docker-distribution-api-version': 'registry/2.0',
      etag: entityTag(digest),
      'x-content-type-options': 'nosniff',
    },
    ...(known ? {} : { body: content }),
  }
}
