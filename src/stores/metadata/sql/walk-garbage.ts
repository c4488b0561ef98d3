import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { GarbageReader, LinkPosition } from '../garbage.ts'
import type { Schema } from '../schema.ts'
import { isUnneeded } from './needed-blobs.ts'

/** @see GarbageReader.unneededLinks */
export async function unneededLinks(
  db: Kysely<Schema>,
  ...[before, { after, limit }]: Parameters<GarbageReader['unneededLinks']>
): ReturnType<GarbageReader['unneededLinks']> {
  const start = after ?? { repositoryId: 0, digest: '' }
  const end = await endOfLinks(db, start, limit)
  const rows = await db
    .selectFrom('blob_links')
    .innerJoin('blobs', 'blobs.digest', 'blob_links.digest')
    .innerJoin('repositories', 'repositories.id', 'blob_links.repository_id')
    .select(['blob_links.repository_id', 'account_id', 'region', 'name', 'blobs.digest', 'blobs.size'])
    .where(isAfterLink(start))
    .$if(end !== undefined, (query) => query.where(isUpToLink(end ?? start)))
    .where(isUnneeded('blob_links', before.getTime()))
    .execute()
  const items = rows.map(({ repository_id: repositoryId, account_id: account, region, name, ...blob }) => ({
    repositoryId,
    repository: { account, region, name },
    blob,
  }))
  return { items, end }
}

/** @see GarbageReader.unneededBlobs */
export async function unneededBlobs(
  db: Kysely<Schema>,
  ...[before, { links }, { after, limit }]: Parameters<GarbageReader['unneededBlobs']>
): ReturnType<GarbageReader['unneededBlobs']> {
  const start = after ?? ''
  const end = await endOfBlobs(db, start, limit)
  const staying = links === 'none' ? sql`` : sql`and not ${isUnneeded('link', before.getTime())}`
  const items = await db
    .selectFrom('blobs')
    .select(['digest', 'size'])
    .where(sql<boolean>`digest > ${start}`)
    .$if(end !== undefined, (query) => query.where(sql<boolean>`digest <= ${end}`))
    .where('needed_at', '<', before.getTime())
    .where(
      sql<boolean>`not exists (select 1 from blob_links as link where link.digest = blobs.digest ${staying})`,
    )
    .execute()
  return { items, end }
}

/** The last of the next `limit` links, if there are so many: that many are stepped over and no more. */
async function endOfLinks(
  db: Kysely<Schema>,
  start: LinkStart,
  limit: number,
): Promise<LinkPosition | undefined> {
  const row = await db
    .selectFrom('blob_links')
    .select(['repository_id', 'digest'])
    .where(isAfterLink(start))
    .orderBy('repository_id')
    .orderBy('digest')
    .limit(1)
    .offset(limit - 1)
    .executeTakeFirst()
  return row && { repositoryId: row.repository_id, digest: row.digest }
}

async function endOfBlobs(db: Kysely<Schema>, start: string, limit: number): Promise<Digest | undefined> {
  const row = await db
    .selectFrom('blobs')
    .select('digest')
    .where(sql<boolean>`digest > ${start}`)
    .orderBy('digest')
    .limit(1)
    .offset(limit - 1)
    .executeTakeFirst()
  return row?.digest
}

interface LinkStart {
  readonly repositoryId: number
  readonly digest: string
}

function isAfterLink({ repositoryId, digest }: LinkStart) {
  return sql<boolean>`(blob_links.repository_id, blob_links.digest) > (${repositoryId}, ${digest})`
}

function isUpToLink({ repositoryId, digest }: LinkStart) {
  return sql<boolean>`(blob_links.repository_id, blob_links.digest) <= (${repositoryId}, ${digest})`
}
