import type { Upload } from './upload.ts'
import { LayerPartTooSmallError } from './upload-errors.ts'

/** The shortest part of a layer that another part may follow: 5 MiB, in bytes. */
const minInnerPart = 5 * 1024 * 1024

/** The upload after one more part of this many bytes. */
export function withPart(upload: Upload, length: number): Upload {
  const parts = upload.parts + 1
  if (upload.lastPart === undefined) return { ...upload, parts, lastPart: length }
  const shortestInnerPart = Math.min(upload.shortestInnerPart ?? upload.lastPart, upload.lastPart)
  return { ...upload, parts, shortestInnerPart, lastPart: length }
}

/**
 * Checks that every part but the last has at least 5 MiB.
 *
 * @throws LayerPartTooSmallError
 * @see Amazon ECR API reference, CompleteLayerUpload
 */
export function checkParts({ shortestInnerPart }: Upload): void {
  if (shortestInnerPart !== undefined && shortestInnerPart < minInnerPart) throw new LayerPartTooSmallError()
}
