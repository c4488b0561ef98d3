import type { LifecycleImage } from '../../core/lifecycle/policy.ts'
import type { PolicyLanguage } from '../../core/lifecycle/policy-schema.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { PackedResults } from './packed-results.ts'

/** A lifecycle policy as it was put. */
export interface StoredLifecyclePolicy {
  /** Different for each put, so that who works by a policy sees that another has taken its place. */
  readonly id: string
  readonly text: string
  readonly language: PolicyLanguage
  readonly putAt: Date
  readonly lastEvaluatedAt?: Date
}

/** An image as a policy sees it, and ECR's size of it. */
export interface SizedImage extends LifecycleImage {
  readonly sizeInBytes: number
}

/** How far a preview is; `FAILED` when it could not be made. */
export type PreviewStatus = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED' | 'EXPIRED'

export interface LifecyclePreview {
  readonly text: string
  readonly language: PolicyLanguage
  readonly status: PreviewStatus
  readonly startedAt: Date
  /** Counts up with each attempt to make it; results belong to one. */
  readonly run: number
  /** Images that would expire; 0 until it is complete. */
  readonly expiring: number
  /** Images that would be archived; 0 until it is complete. */
  readonly archiving: number
}

/** What a policy would do to one image. */
export interface PreviewResult {
  readonly digest: Digest
  readonly tags: readonly string[]
  readonly pushedAt: Date
  /** Of the rule that acts. */
  readonly priority: number
  readonly action: 'expire' | 'archive'
  /** Where the image is now. */
  readonly storage: 'standard' | 'archive'
}

/** Where a page of images for a policy ends. */
export interface LifecycleCursor {
  /** When the image was pushed, or last came back from the archive. */
  readonly freshAt: Date
  readonly digest: Digest
}

/** Some results of a preview, newest first. The later a chunk, the older what is in it. */
export interface PreviewChunk {
  readonly place: number
  readonly results: readonly PreviewResult[]
}

/** The same as it is written. */
export interface PackedChunk {
  readonly place: number
  readonly results: PackedResults
}

export interface LifecycleReader {
  policy(repositoryId: number): Promise<StoredLifecyclePolicy | undefined>
  /** Whether there is a policy, for those who only want to know that. */
  hasPolicy(repositoryId: number): Promise<boolean>
  /**
   * Images as policies see them, those first that were pushed or came back from the archive last, and by digest among equals, with what
   * protects them: an index that lists them, or a subject that is here or was deleted after `subjectsSince`. Keyset paging; two look-ups an image, by index.
   */
  images(
    repositoryId: number,
    page: {
      readonly after?: LifecycleCursor | undefined
      readonly limit: number
      readonly subjectsSince: Date
    },
  ): Promise<SizedImage[]>
  preview(repositoryId: number): Promise<LifecyclePreview | undefined>
  /** The last chunk of a run, or the last before a place. */
  previewChunk(repositoryId: number, run: number, before?: number): Promise<PreviewChunk | undefined>
  /** The chunks of a run that may hold an image pushed at this time. */
  previewChunksAt(repositoryId: number, run: number, pushedAt: Date): Promise<PreviewChunk[]>
}

/** For a transaction that has locked the repository, but for what names a run. */
export interface LifecycleWriter {
  /** Puts a policy in the place of the one before, never evaluated yet. */
  putPolicy(repositoryId: number, policy: Omit<StoredLifecyclePolicy, 'lastEvaluatedAt'>): Promise<void>
  deletePolicy(repositoryId: number): Promise<void>
  /** Notes an evaluation by the policy with this id, if it is still in force. */
  setEvaluated(repositoryId: number, policyId: string, at: Date): Promise<void>
  /** Asks for a preview in the place of the one before. */
  startPreview(
    repositoryId: number,
    preview: Pick<LifecyclePreview, 'text' | 'language' | 'startedAt'>,
  ): Promise<void>
  /** Begins an attempt to make the preview that was asked for; resolves to its number, or undefined when none is to be made. */
  beginPreviewRun(repositoryId: number): Promise<number | undefined>
  addPreviewChunk(repositoryId: number, run: number, chunk: PackedChunk): Promise<void>
  /** Ends a run, unless another has begun since. */
  endPreviewRun(
    repositoryId: number,
    run: number,
    end: {
      readonly status: Exclude<PreviewStatus, 'IN_PROGRESS'>
      readonly expiring: number
      readonly archiving: number
    },
  ): Promise<void>
  /** Removes at most `limit` chunks of runs before this one; resolves to how many there were. */
  removePreviewChunks(repositoryId: number, before: number, limit: number): Promise<number>
}
