import { type Kysely, sql } from 'kysely'
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
  const list = preparedQuery(db, (repositoryId: number, after: string, limit: number) =>
    db
      .selectFrom(
        db
          .selectFrom('tags')
          .innerJoin('images', 'images.id', 'tags.image_id')
          .select('tags.name')
          .where('tags.repository_id', '=', repositoryId)
          .where('tags.name', '>', sql<Tag>`${after}`)
          .where('images.storage', '=', sql<number>`0`)
          .orderBy('tags.name')
          .limit(limit)
          .as('page'),
      )
      .select(sql<string | null>`string_agg(name, ' ' order by name)`.as('names')),
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
      const [row] = await list(repositoryId, after, limit)
      return (row?.names?.split(' ') ?? []).map(parseTag)
    },

    async ofImages(repositoryId, digests) {
      return namesByDigest(await ofImages(repositoryId, digestList(digests)))
    },
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
