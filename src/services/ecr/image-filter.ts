import type { DescribeImagesFilter } from '@aws-sdk/client-ecr'
import type { ImageStatus, TagStatus } from '../../core/images/image.ts'
import type { StorageState } from '../../core/images/storage.ts'
import type { Checked } from '../checked.ts'

/** Which images a request wants to see. */
export interface ImageFilter {
  readonly tagStatus: TagStatus
  readonly imageStatus: ImageStatus
}

/**
 * @param unless which images are meant where the request doesn't say; of a list those that can be pulled
 * @see Amazon ECR API reference, DescribeImagesFilter
 */
export function readImageFilter(
  filter: Checked<DescribeImagesFilter> = {},
  unless: ImageStatus = 'ACTIVE',
): ImageFilter {
  return { tagStatus: filter.tagStatus ?? 'ANY', imageStatus: filter.imageStatus ?? unless }
}

/** Whether an image is wanted; for images asked for one by one, which no store has filtered. */
export function isWanted(
  filter: ImageFilter,
  { storage, tags = [] }: { readonly storage: StorageState; readonly tags?: readonly string[] | undefined },
): boolean {
  if (filter.imageStatus !== 'ANY' && filter.imageStatus !== storage) return false
  return hasTagStatus(filter, tags)
}

/** Whether an image with these tags is wanted, wherever it is kept. */
export function hasTagStatus(
  { tagStatus }: Pick<ImageFilter, 'tagStatus'>,
  tags: readonly string[],
): boolean {
  return tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tags.length > 0
}
