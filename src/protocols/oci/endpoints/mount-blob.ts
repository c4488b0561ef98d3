import type { Blob } from '../../../core/images/blob.ts'
import { type Digest, isDigest } from '../../../core/names/digest.ts'
import type { RepositoryKey } from '../../../core/names/registry-key.ts'
import { isRepositoryName } from '../../../core/names/repository-name.ts'
import { AccessDeniedError } from '../../../core/policies/errors.ts'
import { findBlobSources } from '../../../registry/find-blob-sources.ts'
import { mountBlob as mountIn } from '../../../registry/mount-blob.ts'
import { blobCreatedAnswer } from '../answers.ts'
import {
  type OciContext,
  onRepository,
  type RepositoryEndpoint,
  type RepositoryRequest,
  repositoryPermission,
} from '../endpoint.ts'
import { startUpload } from './start-upload.ts'

/**
 * Takes a blob over from another repository of the same registry that the caller may read from: the one that is named or, where none
 * is, the first that has it. Where that can't be done, for whatever reason, an upload begins instead: nobody learns what is in a
 * repository they may not read.
 *
 * @see distribution spec, "Mounting a blob from another repository"
 */
export const mountBlob: RepositoryEndpoint = {
  permissions: onRepository('ecr:InitiateLayerUpload'),
  async answer(request, context) {
    const blob = await mount(request, context)
    if (blob) noteChange(request, blob)
    return blob ? blobCreatedAnswer(request.repository, blob) : startUpload.answer(request, context)
  },
}

/** A mount makes a layer visible at once, which beginning an upload, the right it needs, doesn't. */
function noteChange({ http: { notes }, repository }: RepositoryRequest, { digest }: Blob): void {
  const { action, resource, owner } = repositoryPermission('ecr:CompleteLayerUpload', repository)
  notes.asked.push({ action, resource, owner, isChange: true })
  notes.parameters = { mount: digest }
}

async function mount(request: RepositoryRequest, context: OciContext): Promise<Blob | undefined> {
  const digest = request.query.get('mount') ?? ''
  if (!isDigest(digest)) return undefined
  const sources = await sourcesOf(request, context, digest)
  for (const from of sources) {
    if (!(await mayRead(from, request, context))) continue
    return mountIn(context.registry, { repository: request.repository, from, digest })
  }
  return undefined
}

async function sourcesOf(
  { query, registryKey }: RepositoryRequest,
  { registry }: OciContext,
  digest: Digest,
): Promise<RepositoryKey[]> {
  const name = query.get('from')
  if (name === null) return findBlobSources(registry, registryKey, digest)
  return isRepositoryName(name) ? [{ ...registryKey, name }] : []
}

async function mayRead(
  from: RepositoryKey,
  { caller: who, surroundings }: RepositoryRequest,
  { authorise }: OciContext,
): Promise<boolean> {
  const permission = repositoryPermission('ecr:GetDownloadUrlForLayer', from)
  try {
    await authorise({ who, permission, surroundings })
    return true
  } catch (error) {
    if (error instanceof AccessDeniedError) return false
    throw error
  }
}
