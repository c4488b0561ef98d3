import type { Insertable, Selectable } from 'kysely'
import type { Image } from '../../../core/images/image.ts'
import type { NewImage } from '../images.ts'
import type { ImageTable } from '../schema.ts'

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
] as const

type ImageRow = Omit<Selectable<ImageTable>, 'id' | 'repository_id' | 'tagged' | 'content'>

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
    content,
  }
}
