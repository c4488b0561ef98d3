/** Where an image is kept: `ARCHIVED` can't be pulled, `ACTIVATING` is on its way back and can't be pulled yet. */
export type StorageState = 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING'

/** What somebody may ask for. */
export type StorageClass = 'STANDARD' | 'ARCHIVE'

/** How an image is stored, and since when. */
export interface ImageStorage {
  readonly storage: StorageState
  /** When it last went to the archive, whether or not it came back since. */
  readonly lastArchivedAt?: Date
  /** When it last came back from the archive. */
  readonly lastActivatedAt?: Date
}
