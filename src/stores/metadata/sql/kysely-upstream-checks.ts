import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { UpstreamCheckReader, UpstreamCheckWriter } from '../upstream-checks.ts'

export function upstreamCheckReader(db: Kysely<Schema>): UpstreamCheckReader {
  return {
    async tag(repositoryId, tag) {
      const row = await db
        .selectFrom('upstream_tags')
        .select(['digest', 'checked_at'])
        .where('repository_id', '=', repositoryId)
        .where('name', '=', tag)
        .executeTakeFirst()
      return row && { digest: row.digest, checkedAt: new Date(row.checked_at) }
    },

    async referrersCheckedAt(repositoryId, subject) {
      const row = await db
        .selectFrom('upstream_referrers')
        .select('checked_at')
        .where('repository_id', '=', repositoryId)
        .where('subject', '=', subject)
        .executeTakeFirst()
      return row && new Date(row.checked_at)
    },

    absentBlob: (repositoryId, digest) =>
      db
        .selectFrom('absent_blobs')
        .innerJoin('images', 'images.id', 'absent_blobs.image_id')
        .select('images.digest as image')
        .where('absent_blobs.repository_id', '=', repositoryId)
        .where('absent_blobs.blob_digest', '=', digest)
        .limit(1)
        .executeTakeFirst(),
  }
}

export function upstreamCheckWriter(tx: Kysely<Schema>): UpstreamCheckWriter {
  return {
    async setTag(repositoryId, name, { digest, checkedAt }) {
      const columns = { digest, checked_at: checkedAt.getTime() }
      await tx
        .insertInto('upstream_tags')
        .values({ repository_id: repositoryId, name, ...columns })
        .onConflict((conflict) => conflict.columns(['repository_id', 'name']).doUpdateSet(columns))
        .execute()
    },

    async setReferrersChecked(repositoryId, subject, at) {
      const columns = { checked_at: at.getTime() }
      await tx
        .insertInto('upstream_referrers')
        .values({ repository_id: repositoryId, subject, ...columns })
        .onConflict((conflict) => conflict.columns(['repository_id', 'subject']).doUpdateSet(columns))
        .execute()
    },
  }
}
