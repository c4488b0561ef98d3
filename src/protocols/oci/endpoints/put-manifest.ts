import { manifestLimits } from '../../../core/manifests/limits.ts'
import type { Reference } from '../../../core/names/reference.ts'
import { type ManifestPut, putManifest as putInto } from '../../../registry/put-manifest.ts'
import type { HttpRequest, HttpResponse } from '../../http/exchange.ts'
import { apiVersion } from '../answers.ts'
import { readBoundedBody } from '../bounded-body.ts'
import { onRepository, type RepositoryEndpoint, type RepositoryRequest } from '../endpoint.ts'
import { newReference } from '../manifest-reference.ts'
import { OciError } from '../refusal.ts'

/**
 * Takes a manifest, under a tag or by its digest alone. What is there already, tag and all, is a success.
 *
 * @see distribution spec, "Pushing Manifests"
 */
export const putManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:PutImage'),
  async answer({ http, repository, argument }, { registry }) {
    const reference = newReference(argument)
    const content = await readManifestBytes(http)
    const mediaType = http.headers['content-type']
    const put = await putInto(registry, { repository, content, mediaType, ...namesOf(reference) })
    return createdAnswer(repository, put)
  },
}

/** @throws OciError 413 for more than ECR's 4 MiB, as soon as it is known */
async function readManifestBytes({ headers, body }: HttpRequest): Promise<Buffer> {
  const announced = Number(headers['content-length'] ?? 0)
  const content =
    announced > manifestLimits.bytes ? undefined : await readBoundedBody(body, manifestLimits.bytes)
  if (content !== undefined) return content
  throw new OciError({
    status: 413,
    code: 'MANIFEST_INVALID',
    message: `Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Member must have length less than or equal to ${manifestLimits.bytes}'`,
  })
}

function namesOf(reference: Reference) {
  return reference.kind === 'tag' ? { tag: reference.tag } : { digest: reference.digest }
}

function createdAnswer({ name }: RepositoryRequest['repository'], { image }: ManifestPut): HttpResponse {
  return {
    status: 201,
    headers: {
      ...apiVersion,
      location: `/v2/${name}/manifests/${image.digest}`,
      'docker-content-digest': image.digest,
      ...(image.subject === undefined ? {} : { 'oci-subject': image.subject }),
    },
  }
}
