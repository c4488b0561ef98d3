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

/** @see HistoryWriter.trim */
export async function trimHistory(tx: Kysely<Schema>, limits: HistoryLimits, limit: number): Promise<number> {
  const images = await sql`
    delete from deleted_images where id in (
      select id from (
        select id,
          row_number() over latest_first as place,
          sum(manifest_bytes) over (latest_first rows unbounded preceding) as bytes
        from deleted_images
        window latest_first as (partition by repository_id order by deleted_at desc, id desc)
      ) as placed
      where place > ${limits.images} or bytes > ${limits.bytes}
      limit ${limit}
    )
  `.execute(tx)
  const changes = await sql`
    delete from tag_history where id in (
      select id from (
        select id, row_number() over (partition by repository_id order by id desc) as place from tag_history
      ) as placed
      where place > ${limits.changes}
      limit ${limit}
    )
  `.execute(tx)
  return Number(images.numAffectedRows ?? 0) + Number(changes.numAffectedRows ?? 0)
}
