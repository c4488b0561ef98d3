import type { Digest } from '../../core/names/digest.ts'

/** Some blobs in the order of their digests. */
export interface BlobSum {
  readonly blobs: number
  readonly bytes: number
  /** The last of them; undefined when there were none. */
  readonly last: Digest | undefined
}

/** Jobs of one kind. */
export interface JobCount {
  readonly kind: string
  readonly jobs: number
  /** Whose latest run failed. */
  readonly failing: number
}

/** Numbers about the whole installation, for its operators. */
export interface FigureReader {
  /** Uploads that are neither complete nor cancelled nor expired. */
  openUploads(): Promise<number>
  jobs(): Promise<JobCount[]>
  /** Adds up at most `limit` blobs after a digest, so that counting millions never holds anybody up. */
  sumBlobs(after: Digest | undefined, limit: number): Promise<BlobSum>
}
