import { type Digest, isDigest } from '../../core/names/digest.ts'
import { isRepositoryName, type RepositoryName } from '../../core/names/repository-name.ts'
import { isTag, type Tag } from '../../core/names/tag.ts'
import type { ImageCursor } from '../../stores/metadata/images.ts'
import { invalidNextToken } from '../next-token.ts'
import type { Pages } from '../service.ts'

/** How many rows a page has when the request doesn't say. @see Amazon ECR API reference, maxResults */
export const defaultPageSize = 100

/** @throws InvalidParameterError at `nextToken` when the token holds anything but a repository's name */
export function repositoryPosition({ position }: Pages): RepositoryName | undefined {
  if (position === undefined) return undefined
  if (typeof position !== 'string' || !isRepositoryName(position)) throw invalidNextToken()
  return position
}

/** @throws InvalidParameterError at `nextToken` when the token holds anything but a text, as a prefix is */
export function prefixPosition({ position }: Pages): string | undefined {
  if (position === undefined || typeof position === 'string') return position
  throw invalidNextToken()
}

/** @throws InvalidParameterError at `nextToken` when the token holds anything but a digest */
export function referrerPosition({ position }: Pages): Digest | undefined {
  if (position === undefined) return undefined
  if (typeof position !== 'string' || !isDigest(position)) throw invalidNextToken()
  return position
}

/** @throws InvalidParameterError at `nextToken` when the token holds anything but a principal's ARN */
export function principalPosition({ position }: Pages): string | undefined {
  if (position === undefined) return undefined
  if (typeof position !== 'string' || !position.startsWith('arn:')) throw invalidNextToken()
  return position
}

/** What a page token says about the image a page ended with. */
export function positionOfImage({ pushedAt, digest, tag }: ImageCursor): unknown {
  return [pushedAt.getTime(), digest, tag]
}

/** @throws InvalidParameterError at `nextToken` when the token holds anything but an image's place */
export function imagePosition({ position }: Pages): ImageCursor | undefined {
  if (position === undefined) return undefined
  if (!Array.isArray(position)) throw invalidNextToken()
  const [pushedAt, digest, tag]: unknown[] = position
  if (typeof pushedAt !== 'number' || typeof digest !== 'string' || !isDigest(digest))
    throw invalidNextToken()
  return { pushedAt: new Date(pushedAt), digest, tag: readTag(tag) }
}

function readTag(tag: unknown): Tag | null {
  return typeof tag === 'string' && isTag(tag) ? tag : null
}
