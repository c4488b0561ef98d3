import type { Kysely } from 'kysely'
import type { AffectedPackage } from '../../../core/scanning/advisory.ts'
import type { AdvisoryReader, AdvisoryWriter } from '../advisories.ts'
import type { AdvisoryFeedTable, AdvisoryPackageTable } from '../schema/scanning.ts'
import type { Schema } from '../schema.ts'
import { portionsOf } from './portions-of.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { textsIn } from './texts-in.ts'

/** Rows put in one statement. */
const rowsAtOnce = 500

type Affected = Omit<AffectedPackage, 'ecosystem' | 'name'>

export function advisoryReader(db: Kysely<Schema>, dialect: SqlDialect): AdvisoryReader {
  return {
    async entries(ecosystems, names) {
      const rows = await db
        .selectFrom('advisory_packages as package')
        .innerJoin('advisories', 'advisories.id', 'package.advisory_id')
        .select([
          'package.ecosystem',
          'package.name',
          'package.affected',
          'advisories.id',
          'advisories.names',
        ])
        .where('package.ecosystem', 'in', textsIn(dialect, ecosystems))
        .where('package.name', 'in', textsIn(dialect, names))
        .orderBy('package.ecosystem')
        .orderBy('package.name')
        .orderBy('advisories.id')
        .execute()
      return rows.flatMap(({ ecosystem, name, affected, id, names: cves }) => {
        const all: readonly Affected[] = JSON.parse(affected)
        return all.map((one) => ({ id, names: JSON.parse(cves), affected: { ...one, ecosystem, name } }))
      })
    },

    async words(ids) {
      const rows = await db
        .selectFrom('advisories')
        .selectAll()
        .where('id', 'in', textsIn(dialect, ids))
        .execute()
      return rows.map((row) => ({
        id: row.id,
        modified: new Date(row.modified_at),
        published: row.published_at === null ? undefined : new Date(row.published_at),
        url: row.url,
        references: JSON.parse(row.link_urls),
        description: row.description,
      }))
    },

    async modified(ids) {
      const rows = await db
        .selectFrom('advisories')
        .select(['id', 'modified_at'])
        .where('id', 'in', textsIn(dialect, ids))
        .execute()
      return new Map(rows.map((row) => [row.id, new Date(row.modified_at)]))
    },

    async feeds(ecosystems) {
      const all = db.selectFrom('advisory_feeds').selectAll().orderBy('ecosystem')
      const some = ecosystems && all.where('ecosystem', 'in', textsIn(dialect, ecosystems))
      const rows = await (some ?? all).execute()
      return rows.map((row) => ({
        ecosystem: row.ecosystem,
        updatedAt: new Date(row.updated_at),
        newestAt: new Date(row.newest_at),
      }))
    },

    async count(ecosystem) {
      const { count } = await db
        .selectFrom('advisory_packages')
        .select(({ fn }) => fn.count<number>('advisory_id').distinct().as('count'))
        .where('ecosystem', '=', ecosystem)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

export function advisoryWriter(tx: Kysely<Schema>, dialect: SqlDialect): AdvisoryWriter {
  const remove = async (ids: readonly string[]) => {
    await tx.deleteFrom('advisories').where('id', 'in', textsIn(dialect, ids)).execute()
  }
  return {
    async put(advisories) {
      await remove(advisories.map(({ id }) => id))
      for (const some of portionsOf(advisories, rowsAtOnce))
        await tx.insertInto('advisories').values(some.map(toRow)).execute()
      for (const some of portionsOf(advisories.flatMap(toPackageRows), rowsAtOnce))
        await tx.insertInto('advisory_packages').values(some).execute()
    },

    delete: remove,

    async deleteAll() {
      await tx.deleteFrom('advisories').execute()
      await tx.deleteFrom('advisory_feeds').execute()
    },

    async noteFeeds(feeds) {
      for (const { ecosystem, updatedAt, newestAt } of feeds) {
        const row: AdvisoryFeedTable = {
          ecosystem,
          updated_at: updatedAt.getTime(),
          newest_at: newestAt.getTime(),
        }
        await tx
          .insertInto('advisory_feeds')
          .values(row)
          .onConflict((conflict) =>
            conflict.column('ecosystem').doUpdateSet((eb) => ({
              updated_at: row.updated_at,
              newest_at: eb
                .case()
                .when('advisory_feeds.newest_at', '>', row.newest_at)
                .then(eb.ref('advisory_feeds.newest_at'))
                .else(row.newest_at)
                .end(),
            })),
          )
          .execute()
      }
    },
  }
}

type Advisory = Parameters<AdvisoryWriter['put']>[0][number]

function toRow({ id, modified, published, names, url, references, description }: Advisory) {
  return {
    id,
    modified_at: modified.getTime(),
    published_at: published?.getTime() ?? null,
    names: JSON.stringify(names),
    url,
    link_urls: JSON.stringify(references),
    description,
  }
}

/** What an advisory says of one package several times is one row. */
function toPackageRows({ id, affected }: Advisory): AdvisoryPackageTable[] {
  const byPackage = Map.groupBy(affected, ({ ecosystem, name }) => JSON.stringify([ecosystem, name]))
  return [...byPackage.values()].flatMap((all) => {
    const [{ ecosystem, name } = { ecosystem: '', name: '' }] = all
    const said = all.map(({ ecosystem: _, name: __, ...rest }): Affected => rest)
    return [{ ecosystem, name, advisory_id: id, affected: JSON.stringify(said) }]
  })
}
