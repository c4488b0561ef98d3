import { LimitExceededError } from '../core/errors.ts'
import type { OpenUpload } from './find-upload.ts'
import type { Quotas } from './registry.ts'

const mebibyte = 1024 * 1024

/**
 * Checks that an upload may take another part of this many bytes.
 *
 * @throws LimitExceededError
 * @see ECR user guide, "Amazon ECR service quotas": "Layer parts", "Layer size"
 */
export function checkNextPart({ upload, size }: OpenUpload, length: number, quotas: Quotas): void {
  if (upload.parts >= quotas.layerParts) {
    throw new LimitExceededError(`The limit of ${quotas.layerParts} parts per layer upload is reached`)
  }
  if (size + length > quotas.layerSize) throw layerTooLarge(quotas)
}

/** @see ECR user guide, "Amazon ECR service quotas": "Layer size" */
export function layerTooLarge({ layerSize }: Quotas): LimitExceededError {
  return new LimitExceededError(`A layer can have no more than ${layerSize / mebibyte} MiB`)
}
