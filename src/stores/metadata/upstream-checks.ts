import type { Digest } from '../../core/names/digest.ts'
import type { Tag } from '../../core/names/tag.ts'

/** What an upstream registry said a tag is on, and when. */
export interface UpstreamTag {
  readonly digest: Digest
  readonly checkedAt: Date
}

/** A blob that an image lists and its repository doesn't have: one of the images that list it. */
export interface AbsentBlob {
  readonly image: Digest
}

/** What cached repositories know of their upstreams. */
export interface UpstreamCheckReader {
  tag(repositoryId: number, tag: Tag): Promise<UpstreamTag | undefined>
  /** When the referrers of an image were last asked for. */
  referrersCheckedAt(repositoryId: number, subject: Digest): Promise<Date | undefined>
  absentBlob(repositoryId: number, digest: Digest): Promise<AbsentBlob | undefined>
}

export interface UpstreamCheckWriter {
  setTag(repositoryId: number, tag: Tag, check: UpstreamTag): Promise<void>
  setReferrersChecked(repositoryId: number, subject: Digest, at: Date): Promise<void>
}
