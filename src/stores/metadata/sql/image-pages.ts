import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Image } from '../../../core/images/image.ts'
import type { StorageState } from '../../../core/images/storage.ts'
import type { ImageCursor, ImagePage, NamedImage } from '../images.ts'
import type { Schema } from '../schema.ts'
import { imageColumns, storageCode, toImage } from './image-row.ts'

/**
 * A page of a repository's images, read along an index: its cost is its own length, not the repository's. The index has the images of
 * each storage state, tagged or not, newest first; what is asked for of several is merged on the way.
 */
export async function pageOfImages(
  db: Kysely<Schema>,
  repositoryId: number,
  page: ImagePage,
): Promise<Image[]> {
  const [first, ...others] = runsOf(page).map((run) =>
    imagesOfRun(db, repositoryId, run, page.after)
      .select(imageColumns)
      .$call((query) => (page.after === undefined ? query : query.where(isAfterImage(page.after)))),
  )
  if (first === undefined) return []
  const rows = await others
    .reduce((all, run) => all.unionAll(run), first)
    .orderBy('pushed_at', 'desc')
    .orderBy('digest')
    .limit(page.limit)
    .execute()
  return rows.map(toImage)
}

/** The same order with one row for each tag and one for each untagged image. */
export async function pageOfNamedImages(
  db: Kysely<Schema>,
  repositoryId: number,
  page: ImagePage,
): Promise<NamedImage[]> {
  const [first, ...others] = runsOf(page).map((run) =>
    imagesOfRun(db, repositoryId, run, page.after)
      .leftJoin('tags', 'tags.image_id', 'images.id')
      .select(['images.digest', 'images.pushed_at', 'tags.name'])
      .$call((query) => (page.after === undefined ? query : query.where(isAfterName(page.after)))),
  )
  if (first === undefined) return []
  const rows = await others
    .reduce((all, run) => all.unionAll(run), first)
    .orderBy('pushed_at', 'desc')
    .orderBy('digest')
    .orderBy('name')
    .limit(page.limit)
    .execute()
  return rows.map((row) => ({ digest: row.digest, tag: row.name, pushedAt: new Date(row.pushed_at) }))
}

/** Images of one storage state that all are tagged or all aren't: they lie in the index one after another. */
interface Run {
  readonly storage: StorageState
  readonly tagged: boolean
}

function runsOf({ tagStatus, imageStatus = 'ANY' }: ImagePage): Run[] {
  const states = imageStatus === 'ANY' ? (['ACTIVE', 'ARCHIVED', 'ACTIVATING'] as const) : [imageStatus]
  const tagged = tagStatus === 'ANY' ? [true, false] : [tagStatus === 'TAGGED']
  return states.flatMap((storage) => tagged.map((flag) => ({ storage, tagged: flag })))
}

function imagesOfRun(
  db: Kysely<Schema>,
  repositoryId: number,
  { storage, tagged }: Run,
  after: ImageCursor | undefined,
) {
  const images = db
    .selectFrom('images')
    .where('images.repository_id', '=', repositoryId)
    .where('images.storage', '=', storageCode(storage))
    .where('images.tagged', '=', Number(tagged))
  // Says nothing new, but it is the part of "after" that an index can jump to.
  return after === undefined ? images : images.where('images.pushed_at', '<=', after.pushedAt.getTime())
}

function isAfterImage({ pushedAt, digest }: ImageCursor) {
  return (eb: ExpressionBuilder<Schema, 'images'>): Expression<SqlBool> =>
    eb.or([eb('images.pushed_at', '<', pushedAt.getTime()), eb('images.digest', '>', digest)])
}

function isAfterName(after: ImageCursor) {
  const { digest, tag } = after
  return (eb: ExpressionBuilder<Schema, 'images' | 'tags'>): Expression<SqlBool> =>
    eb.or([
      isAfterImage(after)(eb),
      ...(tag == null ? [] : [eb.and([eb('images.digest', '=', digest), eb('tags.name', '>', tag)])]),
    ])
}
