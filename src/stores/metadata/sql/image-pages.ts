import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Image } from '../../../core/images/image.ts'
import type { ImageCursor, ImagePage, NamedImage } from '../images.ts'
import type { Schema } from '../schema.ts'
import { imageColumns, toImage } from './image-row.ts'

/** A page of a repository's images, read along an index: its cost is its own length, not the repository's. */
export async function pageOfImages(
  db: Kysely<Schema>,
  repositoryId: number,
  page: ImagePage,
): Promise<Image[]> {
  const rows = await imagesOfPage(db, repositoryId, page)
    .select(imageColumns)
    .orderBy('images.pushed_at', 'desc')
    .orderBy('images.digest')
    .limit(page.limit)
    .$call((query) => (page.after === undefined ? query : query.where(isAfterImage(page.after))))
    .execute()
  return rows.map(toImage)
}

/** The same order with one row for each tag and one for each untagged image. */
export async function pageOfNamedImages(
  db: Kysely<Schema>,
  repositoryId: number,
  page: ImagePage,
): Promise<NamedImage[]> {
  const rows = await imagesOfPage(db, repositoryId, page)
    .leftJoin('tags', 'tags.image_id', 'images.id')
    .select(['images.digest', 'images.pushed_at', 'tags.name'])
    .orderBy('images.pushed_at', 'desc')
    .orderBy('images.digest')
    .orderBy('tags.name')
    .limit(page.limit)
    .$call((query) => (page.after === undefined ? query : query.where(isAfterName(page.after))))
    .execute()
  return rows.map((row) => ({ digest: row.digest, tag: row.name, pushedAt: new Date(row.pushed_at) }))
}

function imagesOfPage(db: Kysely<Schema>, repositoryId: number, { tagStatus, after }: ImagePage) {
  const images = db.selectFrom('images').where('images.repository_id', '=', repositoryId)
  const wanted = tagStatus === 'ANY' ? images : images.where('tagged', '=', Number(tagStatus === 'TAGGED'))
  // Says nothing new, but it is the part of "after" that an index can jump to.
  return after === undefined ? wanted : wanted.where('images.pushed_at', '<=', after.pushedAt.getTime())
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
