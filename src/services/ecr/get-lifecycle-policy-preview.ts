import type {
  GetLifecyclePolicyPreviewRequest,
  GetLifecyclePolicyPreviewResponse,
  LifecyclePolicyPreviewResult,
  LifecyclePolicyPreviewSummary,
} from '@aws-sdk/client-ecr'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import {
  findPreviewResult,
  getLifecyclePreview,
  type PreviewPosition,
  readPreviewResults,
} from '../../registry/get-lifecycle-preview.ts'
import type { Registry } from '../../registry/registry.ts'
import type { PreviewResult } from '../../stores/metadata/lifecycle.ts'
import type { Checked } from '../checked.ts'
import { invalidNextToken } from '../next-token.ts'
import type { Call, Pages } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import { refusePaging } from './explicit-list.ts'
import { hasTagStatus, readImageFilter } from './image-filter.ts'
import { readImageId } from './image-ids.ts'
import { onRepository } from './permissions.ts'
import { defaultPageSize } from './positions.ts'
import { requestedRepository } from './requested-repository.ts'

type Input = Checked<GetLifecyclePolicyPreviewRequest>
type Preview = Awaited<ReturnType<typeof getLifecyclePreview>>
type Results = Pick<GetLifecyclePolicyPreviewResponse, 'previewResults' | 'nextToken'>

/**
 * What a policy would do, once the preview of it is complete: oldest push first, or the images asked for. The summary counts all results.
 *
 * @see Amazon ECR API reference, GetLifecyclePolicyPreview
 */
export const getLifecyclePolicyPreview: EcrAction<
  GetLifecyclePolicyPreviewRequest,
  GetLifecyclePolicyPreviewResponse
> = {
  operation: 'GetLifecyclePolicyPreview',
  permissions: onRepository('ecr:GetLifecyclePolicyPreview'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    if (input.imageIds !== undefined) refusePaging('imageIds', input)
    const preview = await getLifecyclePreview(registry, repository)
    const { text, status } = preview
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      status,
      ...(status === 'COMPLETE' && {
        ...(await readResults(registry, repository, preview, input, call)),
        summary: summaryOf(preview),
      }),
    }
  },
}

async function readResults(
  registry: Registry,
  repository: RepositoryKey,
  preview: Preview,
  input: Input,
  call: Call,
): Promise<Results> {
  const filter = readImageFilter(input.filter)
  const wants = ({ tags }: PreviewResult) => hasTagStatus(filter, tags)
  if (input.imageIds !== undefined) {
    const found = await findResults(registry, repository, preview, input.imageIds)
    return { previewResults: found.filter(wants).map(toShape) }
  }
  const after = readPosition(call.pages, preview.run)
  const limit = input.maxResults ?? defaultPageSize
  const { results, next } = await readPreviewResults(registry, preview, { after, limit, isWanted: wants })
  const nextToken = next && call.pages.next([preview.run, next.place, next.passed])
  return { previewResults: results.map(toShape), nextToken }
}

/** Images that aren't there, or that the policy leaves alone, have no result. */
async function findResults(
  registry: Registry,
  repository: RepositoryKey,
  preview: Preview,
  imageIds: NonNullable<Input['imageIds']>,
): Promise<PreviewResult[]> {
  const results: PreviewResult[] = []
  for (const imageId of imageIds) {
    const digest = await findDigest(registry, repository, preview, imageId)
    const result = digest && (await findPreviewResult(registry, preview, digest))
    if (result !== undefined) results.push(result)
  }
  return results
}

async function findDigest(
  { metadata }: Registry,
  repository: RepositoryKey,
  { repositoryId }: Preview,
  imageId: NonNullable<Input['imageIds']>[number],
) {
  try {
    const { digest, tag } = readImageId(imageId, repository)
    const tagged = tag && (await metadata.tags.find(repositoryId, tag))
    return digest !== undefined && tag !== undefined && tagged !== digest ? undefined : (digest ?? tagged)
  } catch (error) {
    if (error instanceof ImageNotFoundError) return undefined
    throw error
  }
}

/** @throws InvalidParameterError at `nextToken`, also when another preview was made meanwhile */
function readPosition({ position }: Pages, run: number): PreviewPosition | undefined {
  if (position === undefined) return undefined
  const [of, place, passed]: unknown[] = Array.isArray(position) ? position : []
  if (of === run && typeof place === 'number' && typeof passed === 'number') return { place, passed }
  throw invalidNextToken()
}

/** A target class that nothing goes to has no row. */
function summaryOf({ expiring, archiving }: Preview): LifecyclePolicyPreviewSummary {
  return {
    expiringImageTotalCount: expiring,
    ...(archiving > 0 && {
      transitioningImageTotalCounts: [{ targetStorageClass: 'ARCHIVE', imageTotalCount: archiving }],
    }),
  }
}

function toShape({
  digest,
  tags,
  pushedAt,
  priority,
  action,
  storage,
}: PreviewResult): LifecyclePolicyPreviewResult {
  return {
    ...(tags.length > 0 && { imageTags: [...tags].sort() }),
    imageDigest: digest,
    imagePushedAt: pushedAt,
    action: action === 'expire' ? { type: 'EXPIRE' } : { type: 'TRANSITION', targetStorageClass: 'ARCHIVE' },
    appliedRulePriority: priority,
    storageClass: storage === 'archive' ? 'ARCHIVE' : 'STANDARD',
  }
}
