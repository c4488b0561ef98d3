import { type Kysely, sql } from 'kysely'
import type { LifecycleReader } from '../lifecycle.ts'
import type { Schema } from '../schema.ts'
import { type LifecycleImageRow, toSizedImage } from './lifecycle-rows.ts'
import { preparedQuery } from './prepared-query.ts'

/** Before every image: times are never later than this. */
const start = { freshAt: new Date(8.64e15), digest: '' }

/** Written exactly as in the index `images_freshest_first`, which is on it. */
const freshAt = sql.raw('coalesce(last_activated_at, pushed_at)')

/** Reads pages of images for policies, tags and protection with them. @see LifecycleReader.images */
export function lifecycleImages(db: Kysely<Schema>): LifecycleReader['images'] {
  const page = preparedQuery(
    db,
    (
      subjectsSince: number,
      repositoryId: number,
      upTo: number,
      before: number,
      digest: string,
      limit: number,
    ) => ({
      compile: () =>
        sql<LifecycleImageRow>`
          select digest, pushed_at, last_pulled_at, size_in_bytes, storage, last_archived_at, last_activated_at,
            case when tagged = 1 then (select string_agg(name, ' ') from tags where image_id = images.id) end as tags,
            case
              when listed = 1 and exists (
                select 1 from image_children
                where image_children.repository_id = images.repository_id and child_digest = images.digest
              ) then case when exists (
                select 1 from image_children
                join images as parent on parent.id = image_children.image_id
                where image_children.repository_id = images.repository_id and child_digest = images.digest
                  and parent.storage <> 1
              ) then 'index' else 'archived-index' end
              when subject is not null and (exists (
                select 1 from images as here
                where here.repository_id = images.repository_id and here.digest = images.subject
              ) or exists (
                select 1 from deleted_images as gone
                where gone.repository_id = images.repository_id and gone.digest = images.subject
                  and gone.deleted_at > ${subjectsSince}
              )) then 'subject'
            end as protected_by
          from images
          where repository_id = ${repositoryId} and ${freshAt} <= ${upTo}
            and (${freshAt} < ${before} or digest > ${digest})
          order by ${freshAt} desc, digest
          limit ${limit}
        `.compile(db),
    }),
  )
  return async (repositoryId, { after = start, limit, subjectsSince }) => {
    const time = after.freshAt.getTime()
    const rows = await page(subjectsSince.getTime(), repositoryId, time, time, after.digest, limit)
    return rows.map(toSizedImage)
  }
}
