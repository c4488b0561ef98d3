import type { ImageDetail } from '@aws-sdk/client-ecr'
import type { Image } from '../../core/images/image.ts'
import type { Tag } from '../../core/names/tag.ts'
import type { Repository } from '../../core/repositories/repository.ts'

/** An image as DescribeImages shows it. Without tags, `imageTags` is absent rather than empty. */
export function imageDetail(
  { account, name }: Repository,
  image: Image,
  tags: readonly Tag[] | undefined,
): ImageDetail {
  return {
    registryId: account,
    repositoryName: name,
    imageDigest: image.digest,
    imageTags: tags && [...tags],
    imageSizeInBytes: image.sizeInBytes,
    imagePushedAt: image.pushedAt,
    imageManifestMediaType: image.mediaType,
    artifactMediaType: image.artifactType,
    lastRecordedPullTime: image.lastPulledAt,
    subjectManifestDigest: image.subject,
    imageStatus: image.storage,
    lastArchivedAt: image.lastArchivedAt,
    lastActivatedAt: image.lastActivatedAt,
  }
}
