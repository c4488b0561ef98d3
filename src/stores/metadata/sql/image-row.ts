import type { Insertable, Selectable } from 'kysely'
import type { Image } from '../../../core/images/image.ts'
import type { ImageStorage, StorageState } from '../../../core/images/storage.ts'
import type { NewImage } from '../images.ts'
import type { ImageTable } from '../schema/images.ts'

/** The columns that make an Image: all but the manifest's bytes. */
export const imageColumns = [
  'images.digest',
  'images.media_type',
  'images.manifest_bytes',
  'images.size_in_bytes',
  'images.artifact_type',
  'images.subject',
  'images.pushed_at',
  'images.last_pulled_at',
  'images.storage',
  'images.last_archived_at',
  'images.last_activated_at',
] as const

const storageStates: readonly StorageState[] = ['ACTIVE', 'ARCHIVED', 'ACTIVATING']

/** How a state is stored: the common one as 0, which SQLite reads at no cost wherever the column is. */
export function storageCode(state: StorageState): number {
  return storageStates.indexOf(state)
}

export function storageState(code: number): StorageState {
  const state = storageStates[code]
  if (state === undefined) throw new TypeError(`Not a storage state: ${code}`)
  return state
}

type ImageRow = Omit<
  Selectable<ImageTable>,
  'id' | 'repository_id' | 'tagged' | 'listed' | 'last_used_at' | 'content'
>

export function toImage(row: ImageRow): Image {
  return {
    digest: row.digest,
    mediaType: row.media_type,
    manifestBytes: row.manifest_bytes,
    sizeInBytes: row.size_in_bytes,
    ...(row.artifact_type !== null && { artifactType: row.artifact_type }),
    ...(row.subject !== null && { subject: row.subject }),
    pushedAt: new Date(row.pushed_at),
    ...(row.last_pulled_at !== null && { lastPulledAt: new Date(row.last_pulled_at) }),
    storage: storageState(row.storage),
    ...(row.last_archived_at !== null && { lastArchivedAt: new Date(row.last_archived_at) }),
    ...(row.last_activated_at !== null && { lastActivatedAt: new Date(row.last_activated_at) }),
  }
}

export function toImageRow(repositoryId: number, { image, content }: NewImage): Insertable<ImageTable> {
  return {
    repository_id: repositoryId,
    digest: image.digest,
    media_type: image.mediaType,
    manifest_bytes: image.manifestBytes,
    size_in_bytes: image.sizeInBytes,
    artifact_type: image.artifactType ?? null,
    subject: image.subject ?? null,
    pushed_at: image.pushedAt.getTime(),
    last_pulled_at: image.lastPulledAt?.getTime() ?? null,
    ...toStorageColumns(image),
    content,
  }
}

export function toStorageColumns({ storage, lastArchivedAt, lastActivatedAt }: ImageStorage) {
  return {
    storage: storageCode(storage),
    last_archived_at: lastArchivedAt?.getTime() ?? null,
    last_activated_at: lastActivatedAt?.getTime() ?? null,
  }
}
