import type { StorageState } from '../images/storage.ts'
import type { Digest } from '../names/digest.ts'

/** Which tags an image must have to be selected. An image must have a tag for each prefix or pattern of a list. */
export type TagSelection =
  | { readonly status: 'any' }
  | { readonly status: 'untagged' }
  | { readonly status: 'tagged'; readonly prefixes: readonly string[] }
  | { readonly status: 'tagged'; readonly patterns: readonly string[] }

/** What makes one selected image different from the next: its rank among them, or days since something happened to it. */
export type Count =
  | { readonly type: 'imageCountMoreThan'; readonly number: number }
  | { readonly type: SinceType; readonly days: number }

export type SinceType = 'sinceImagePushed' | 'sinceImagePulled' | 'sinceImageTransitioned'

/**
 * `expire` and `archive` are ECR's actions on images beyond the count. `keep` is Berth's own, on images within the count: no
 * rule of lower priority touches them, while those beyond stay open to it.
 */
export type LifecycleAction = 'expire' | 'archive' | 'keep'

export interface LifecycleRule {
  /** Lower numbers come first. Unique within a policy. */
  readonly priority: number
  readonly description?: string
  readonly tags: TagSelection
  readonly storage: 'standard' | 'archive'
  readonly count: Count
  readonly action: LifecycleAction
}

/** A lifecycle policy that has been checked; its rules by ascending priority. */
export interface LifecyclePolicy {
  readonly rules: readonly LifecycleRule[]
}

/** What the rules look at in an image. */
export interface LifecycleImage {
  readonly digest: Digest
  readonly tags: readonly string[]
  readonly pushedAt: Date
  readonly lastPulledAt?: Date | undefined
  readonly lastArchivedAt?: Date | undefined
  /** When the image last came back from the archive. */
  readonly lastActivatedAt?: Date | undefined
  readonly storage: StorageState
  /** What stands in the way of rules. */
  readonly protectedBy?: Protection | undefined
}

/**
 * An index that lists the image, the subject it refers to being here, or a task that runs it: no rule may touch it.
 * `archived-index`: all indexes that list it are archived, so that it may be archived too, and not deleted.
 */
export type Protection = 'index' | 'archived-index' | 'subject' | 'running-task'
