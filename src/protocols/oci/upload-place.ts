import { UploadOutOfOrderError } from '../../core/images/upload-errors.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { uploadHeaders } from './answers.ts'
import { refusalFor } from './errors.ts'
import { OciError } from './refusal.ts'

/**
 * Runs what brings bytes to an upload. Bytes that don't belong where the upload stands are refused with where it does stand, so that
 * the client can go on from there.
 *
 * @throws OciError 416 with `Location` and `Range`
 * @see distribution spec, "Pushing a blob in chunks"
 */
export async function withUploadPlace<Result>(
  repository: RepositoryKey,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const refusal = error instanceof UploadOutOfOrderError ? refusalFor(error) : undefined
    if (!(error instanceof UploadOutOfOrderError) || refusal === undefined) throw error
    throw new OciError({ ...refusal, headers: uploadHeaders({ repository, id, size: error.received }) })
  }
}
