import { manifestLimits } from '../../../core/manifests/limits.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { Tag } from '../../../core/names/tag.ts'
import { type ManifestPut, putManifest as putInto } from '../../../registry/put-manifest.ts'
import type { HttpRequest, HttpResponse } from '../../http/exchange.ts'
import { permit } from '../../permit.ts'
import { apiVersion } from '../answers.ts'
import { readBoundedBody } from '../bounded-body.ts'
import { readExpectation } from '../conditional.ts'
import {
  type OciContext,
  onRepository,
  type RepositoryEndpoint,
  type RepositoryRequest,
  repositoryPermission,
} from '../endpoint.ts'
import { readManifestNames } from '../manifest-names.ts'
import { OciError } from '../refusal.ts'
import { readReplicatedFrom } from '../replicated-from.ts'

/**
 * Takes a manifest, under a tag or by its digest, with as many tags beside it as `tag` parameters say: all of them or, where one may
 * not be moved, nothing. With `If-Match` or `If-None-Match` only if the reference is as expected. What is there already, tags and all, is a success.
 *
 * @see distribution spec, "Pushing Manifests"
 */
export const putManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:PutImage'),
  async answer(request, context) {
    const { http, caller, repository, argument, query } = request
    const { registry, missingContent: missing } = context
    const replicatedFrom = await readOrigin(request, context)
    const names = readManifestNames(argument, query)
    using _share = await registry.memory.lease(shareOf(http))
    const content = await readManifestBytes(http)
    const mediaType = http.headers['content-type']
    const expectation = readExpectation(http.headers)
    const cause = { actor: caller.arn, reason: replicatedFrom ? 'replication' : 'push' } as const
    const push = { repository, content, mediaType, missing, expectation, cause, replicatedFrom, ...names }
    const put = await putInto(registry, push)
    http.notes.result = { imageDigest: put.image.digest }
    return createdAnswer(repository, put, query.has('tag') ? names.tags : [])
  },
}

/** Another Berth that replicates needs the right to, since what it brings goes on to no other registry. */
async function readOrigin(
  { http: { headers, notes }, caller: who, surroundings, repository }: RepositoryRequest,
  { authorise }: OciContext,
): Promise<RegistryKey | undefined> {
  const replicatedFrom = readReplicatedFrom(headers)
  if (replicatedFrom === undefined) return undefined
  const permissions = [repositoryPermission('ecr:ReplicateImage', repository)]
  await permit(permissions, { who, surroundings, notes, authorise })
  return replicatedFrom
}

/** Memory for the bytes and what is parsed from them. */
function shareOf({ headers }: HttpRequest): number {
  const announced = headers['content-length']
  const bytes = announced === undefined ? manifestLimits.bytes : Number(announced)
  return Math.min(bytes, manifestLimits.bytes) * 4
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

/** `OCI-Tag` names each tag of a parameter, so that the client knows that it was understood. */
function createdAnswer(
  { name }: RepositoryRequest['repository'],
  { image }: ManifestPut,
  tagParameters: readonly Tag[],
): HttpResponse {
  return {
    status: 201,
    headers: {
      ...apiVersion,
      location: `/v2/${name}/manifests/${image.digest}`,
      'docker-content-digest': image.digest,
      ...(image.subject === undefined ? {} : { 'oci-subject': image.subject }),
      ...(tagParameters.length === 0 ? {} : { 'oci-tag': tagParameters.join(', ') }),
    },
  }
}
