import type { Generated } from 'kysely'
import type { ChangeReason } from '../../../core/images/cause.ts'
import type { PolicyLanguage } from '../../../core/lifecycle/policy-schema.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { Region } from '../../../core/names/region.ts'
import type { RepositoryName } from '../../../core/names/repository-name.ts'
import type { Tag } from '../../../core/names/tag.ts'
import type { PreviewStatus } from '../lifecycle.ts'
import type { EpochMillis, Flag, StorageCode } from './columns.ts'

export interface ImageTable {
  readonly id: Generated<number>
  readonly repository_id: number
  readonly digest: Digest
  readonly media_type: string
  readonly manifest_bytes: number
  readonly size_in_bytes: number
  readonly artifact_type: string | null
  readonly subject: Digest | null
  readonly pushed_at: EpochMillis
  readonly last_pulled_at: EpochMillis | null
  /** Whether any row of `tags` points here; kept so that the rare status of a large repository is found by index. */
  readonly tagged: Generated<Flag>
  readonly content: Uint8Array
  readonly storage: Generated<StorageCode>
  readonly last_archived_at: EpochMillis | null
  readonly last_activated_at: EpochMillis | null
  /** Where it is 0, no index of the repository lists the image; where it is 1, one does or did. */
  readonly listed: Generated<Flag>
  /** When the last task stopped that ran it. */
  readonly last_used_at: EpochMillis | null
}

/** The blobs of its own repository that an image needs; in `absent_blobs`, those it lists and the repository doesn't have. */
export interface ImageBlobTable {
  readonly image_id: number
  readonly repository_id: number
  readonly blob_digest: Digest
}

/** The manifests that an index lists. */
export interface ImageChildTable {
  readonly image_id: number
  readonly repository_id: number
  readonly child_digest: Digest
}

export interface TagTable {
  readonly repository_id: number
  readonly name: Tag
  readonly image_id: number
  /** When the tag was last pointed at an image. */
  readonly tagged_at: EpochMillis
}

/** Blobs of the whole installation, linked or not. */
export interface BlobTable {
  readonly digest: Digest
  readonly size: number
  readonly created_at: EpochMillis
  /** When a repository was last known to need it; unlinked, it stays for the grace period after that. */
  readonly needed_at: Generated<EpochMillis>
  /** Whether its bytes are about to go. Whoever links it again takes this back and looks whether they are still there. */
  readonly deleting: Generated<Flag>
}

export interface BlobLinkTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly created_at: EpochMillis
  /** When someone last relied on it, but for the images that need it; unneeded, it stays for the grace period after that. */
  readonly needed_at: Generated<EpochMillis>
}

export interface UploadTable {
  readonly id: string
  readonly repository_id: number
  readonly started_at: EpochMillis
  readonly parts: number
  readonly shortest_inner_part: number | null
  /** The ARN of the principal that began it, where one did. */
  readonly started_by: string | null
  readonly last_part: number | null
}

/** One row for each tag that came, moved or went, and for each image that went or came back. */
export interface TagHistoryTable {
  /** Counts up: later changes of a repository have larger ones. */
  readonly id: Generated<number>
  readonly repository_id: number
  /** Null where an image as a whole went or came back. */
  readonly tag: Tag | null
  readonly from_digest: Digest | null
  readonly to_digest: Digest | null
  readonly changed_at: EpochMillis
  readonly actor: string
  readonly reason: ChangeReason
}

/** Deleted images as they were in `images`, until they can't be restored any more. */
export interface DeletedImageTable extends Omit<ImageTable, 'tagged'> {
  /** A JSON array of the tags it had. */
  readonly tags: string
  readonly deleted_at: EpochMillis
  /** The same for all that went in one transaction. */
  readonly deletion: string
  readonly actor: string
  readonly reason: ChangeReason
}

export interface LifecyclePolicyTable {
  readonly repository_id: number
  /** Another for each put. */
  readonly id: string
  readonly text: string
  readonly language: PolicyLanguage
  readonly put_at: EpochMillis
  readonly last_evaluated_at: EpochMillis | null
}

export interface LifecyclePreviewTable {
  readonly repository_id: number
  readonly text: string
  readonly language: PolicyLanguage
  readonly status: PreviewStatus
  readonly started_at: EpochMillis
  /** Counts up with each attempt. */
  readonly run: number
  readonly expiring: number
  readonly archiving: Generated<number>
}

export interface LifecyclePreviewChunkTable {
  readonly repository_id: number
  readonly run: number
  readonly place: number
  /** When the first and the last of its images were pushed. */
  readonly newest_at: EpochMillis
  readonly oldest_at: EpochMillis
  /** A JSON array with an array for each image: digest, time of push, priority of the rule, what it does, tags. */
  readonly results: string
}

export interface ImageUseTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly repository: RepositoryName
  readonly digest: Digest
  /** The ARN of a task that isn't stopped. */
  readonly task: string
}
