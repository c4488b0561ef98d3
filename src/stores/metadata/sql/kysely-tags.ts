import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import { parseTag, type Tag } from '../../../core/names/tag.ts'
import type { Schema } from '../schema.ts'
import type { TagReader, TagWriter } from '../tags.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { preparedQuery } from './prepared-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function tagReader(db: Kysely<Schema>, dialect: SqlDialect): TagReader {
  const find = preparedQuery(db, (repositoryId: number, tag: Tag) =>
    db
      .selectFrom('tags')
      .innerJoin('images', 'images.id', 'tags.image_id')
      .select('images.digest')
      .where('tags.repository_id', '=', repositoryId)
      .where('tags.name', '=', tag),
  )
  // One long text instead of a thousand rows, each an object: no tag has a space.
  const list = preparedQuery(
    db,
    (repositoryId: number, after: string, sameRepositoryId: number, limit: number) =>
      db
        .selectFrom(
          db
            .selectFrom('tags')
            .select('name')
            .where('repository_id', '=', repositoryId)
            .where('name', '>', sql<Tag>`${after}`)
            .where(isOfActiveImage(sameRepositoryId))
            .orderBy('name')
            .limit(limit)
            .as('page'),
        )
        .select(sql<string | null>`string_agg(name, ' ')`.as('names')),
  )
  const ofImages = preparedQuery(db, (repositoryId: number, digests: string) =>
    db
      .selectFrom('images')
      .innerJoin('tags', 'tags.image_id', 'images.id')
      .select(['images.digest', 'tags.name'])
      .where('images.repository_id', '=', repositoryId)
      .where('images.digest', 'in', digestsIn(dialect, digests))
      .orderBy('images.digest')
      .orderBy('tags.name'),
  )
  return {
    async find(repositoryId, tag) {
      const [row] = await find(repositoryId, tag)
      return row?.digest
    },

    async list(repositoryId, { after = '', limit }) {
      const [row] = await list(repositoryId, after, repositoryId, limit)
      // An aggregate promises no order, and a list that has it already is sorted at once.
      return (row?.names?.split(' ') ?? []).sort().map(parseTag)
    },

    async ofImages(repositoryId, digests) {
      return namesByDigest(await ofImages(repositoryId, digestList(digests)))
    },
  }
}

/**
 * Whether the image of a row of `tags` is active. Where the repository has none that isn't, which the database looks up once a page, no
 * image has to be looked at.
 */
function isOfActiveImage(repositoryId: number) {
  return (eb: ExpressionBuilder<Schema, 'tags'>): Expression<SqlBool> => {
    const others = eb
      .selectFrom('images')
      .select('id')
      .where('repository_id', '=', repositoryId)
      .where('storage', '>', eb.lit(0))
    const storage = eb.selectFrom('images').select('storage').whereRef('images.id', '=', 'tags.image_id')
    return eb.or([eb.not(eb.exists(others)), eb(storage, '=', eb.lit(0))])
  }
}

export function tagWriter(tx: Kysely<Schema>): TagWriter {
  return {
    async put(repositoryId, tag, digest, at) {
      await removeTag(tx, repositoryId, tag)
      const { id } = await tx
        .selectFrom('images')
        .select('id')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('tags')
        .values({ repository_id: repositoryId, name: tag, image_id: id, tagged_at: at.getTime() })
        .execute()
      await refreshTagged(tx, id)
    },

    remove: (repositoryId, tag) => removeTag(tx, repositoryId, tag),
  }
}

async function removeTag(tx: Kysely<Schema>, repositoryId: number, tag: Tag) {
  const removed = await tx
    .deleteFrom('tags')
    .where('repository_id', '=', repositoryId)
    .where('name', '=', tag)
    .returning('image_id')
    .executeTakeFirst()
  if (removed) await refreshTagged(tx, removed.image_id)
}

/** Makes `images.tagged` say again whether the image has a tag. */
async function refreshTagged(tx: Kysely<Schema>, imageId: number) {
  const tagsOfImage = tx.selectFrom('tags').select('name').where('image_id', '=', imageId)
  await tx
    .updateTable('images')
    .set((eb) => ({ tagged: eb.case().when(eb.exists(tagsOfImage)).then(eb.lit(1)).else(eb.lit(0)).end() }))
    .where('id', '=', imageId)
    .execute()
}

function namesByDigest(rows: readonly { readonly digest: Digest; readonly name: Tag }[]) {
  const names = new Map<Digest, Tag[]>()
  for (const { digest, name } of rows) {
    const known = names.get(digest)
    if (known) known.push(name)
    else names.set(digest, [name])
  }
  return names
}
