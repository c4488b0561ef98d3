import type { DescribeImagesFilter } from '@aws-sdk/client-ecr'
import type { TagStatus } from '../../core/images/image.ts'
import type { Checked } from '../checked.ts'

/** Which images a request wants to see. */
export interface ImageFilter {
  readonly tagStatus: TagStatus
  /** False when the request asks only for a status that no image has: none can be archived, so all are ACTIVE. */
  readonly active: boolean
}

/** @see Amazon ECR API reference, DescribeImagesFilter: without an imageStatus, ACTIVE images are meant */
export function readImageFilter(filter: Checked<DescribeImagesFilter> = {}): ImageFilter {
  const { tagStatus = 'ANY', imageStatus = 'ACTIVE' } = filter
  return { tagStatus, active: imageStatus === 'ACTIVE' || imageStatus === 'ANY' }
}

/** Whether an image with these tags is wanted; for images asked for one by one, which no store has filtered. */
export function isWanted({ tagStatus, active }: ImageFilter, tags: readonly string[] = []): boolean {
  if (!active) return false
  return tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tags.length > 0
}
