import { type Kysely, sql } from 'kysely'
import type { HistoryLimits } from '../history.ts'
import type { Schema } from '../schema.ts'

/** @see HistoryWriter.expire */
export async function expireHistory(tx: Kysely<Schema>, before: Date, limit: number): Promise<number> {
  const time = before.getTime()
  const images = await tx
    .deleteFrom('deleted_images')
    .where('id', 'in', (eb) =>
      eb.selectFrom('deleted_images').select('id').where('deleted_at', '<', time).limit(limit),
    )
    .executeTakeFirst()
  const changes = await tx
    .deleteFrom('tag_history')
    .where('id', 'in', (eb) =>
      eb.selectFrom('tag_history').select('id').where('changed_at', '<', time).limit(limit),
    )
    .executeTakeFirst()
  return Number(images.numDeletedRows) + Number(changes.numDeletedRows)
}

/** Looks along indexes for a repository with too much, and only there at every row. @see HistoryWriter.trim */
export async function trimHistory(tx: Kysely<Schema>, limits: HistoryLimits, limit: number): Promise<number> {
  return (await trimImages(tx, limits, limit)) + (await trimChanges(tx, limits, limit))
}

async function trimImages(
  tx: Kysely<Schema>,
  { images, bytes }: HistoryLimits,
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from deleted_images where id in (
      select id from (
        select id,
          row_number() over latest_first as place,
          sum(manifest_bytes) over (latest_first rows unbounded preceding) as bytes
        from deleted_images
        where repository_id = (
          select repository_id from deleted_images
          group by repository_id
          having count(*) > ${images} or sum(manifest_bytes) > ${bytes}
          limit 1
        )
        window latest_first as (order by deleted_at desc, digest)
      ) as placed
      where place > ${images} or bytes > ${bytes}
      limit ${limit}
    )
  `.execute(tx)
  return Number(numAffectedRows ?? 0)
}

async function trimChanges(tx: Kysely<Schema>, { changes }: HistoryLimits, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from tag_history where id in (
      select id from tag_history
      where repository_id = (
        select repository_id from tag_history group by repository_id having count(*) > ${changes} limit 1
      )
      order by id desc
      limit ${limit} offset ${changes}
    )
  `.execute(tx)
  return Number(numAffectedRows ?? 0)
}
