import type { Kysely, Selectable } from 'kysely'
import type { RegistryKey, RepositoryKey } from '../../../core/names/registry-key.ts'
import type { Repository, TagMutabilitySetting } from '../../../core/repositories/repository.ts'
import type { RepositoryReader, RepositoryWriter } from '../repositories.ts'
import type { RepositoryTable } from '../schema/registry.ts'
import type { Schema } from '../schema.ts'
import { readTexts } from './json-texts.ts'
import { preparedQuery } from './prepared-query.ts'
import { holdRegistry } from './registry-row.ts'

export function repositoryReader(db: Kysely<Schema>): RepositoryReader {
  const find = preparedQuery(db, (...key: readonly [...RegistryColumns, RepositoryKey['name']]) =>
    selectByName(db, key),
  )
  return {
    async find({ account, region, name }) {
      const [row] = await find(account, region, name)
      return row && toRepository(row)
    },

    async list({ account, region }, { after, limit }) {
      const query = selectByRegistry(db, [account, region]).orderBy('name').limit(limit)
      const rows = await (after === undefined ? query : query.where('name', '>', after)).execute()
      return rows.map(toRepository)
    },

    async count({ account, region }) {
      const row = await db
        .selectFrom('registries')
        .select('repository_count')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .executeTakeFirst()
      return row?.repository_count ?? 0
    },
  }
}

/** `locksRows` as in the SqlDialect: whether this database can hold a single row. */
export function repositoryWriter(
  tx: Kysely<Schema>,
  { locksRows }: { readonly locksRows: boolean },
): RepositoryWriter {
  return {
    async lock({ account, region, name }) {
      const query = selectByName(tx, [account, region, name])
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toRepository(row)
    },

    async add(repository) {
      const row = await tx
        .insertInto('repositories')
        .values(toRow(repository))
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
      if (row !== undefined) await holdRegistry(tx, repository, 1)
      return row && toRepository(row)
    },

    async setTagMutability(repositoryId, setting) {
      await tx
        .updateTable('repositories')
        .set(toMutabilityColumns(setting))
        .where('id', '=', repositoryId)
        .execute()
    },

    async setScanOnPush(repositoryId, scanOnPush) {
      await tx
        .updateTable('repositories')
        .set({ scan_on_push: Number(scanOnPush) })
        .where('id', '=', repositoryId)
        .execute()
    },

    async delete(repositoryId, at) {
      const linked = tx.selectFrom('blob_links').select('digest').where('repository_id', '=', repositoryId)
      await tx.updateTable('blobs').set({ needed_at: at.getTime() }).where('digest', 'in', linked).execute()
      const gone = await tx
        .deleteFrom('repositories')
        .where('id', '=', repositoryId)
        .returning(['account_id', 'region'])
        .executeTakeFirst()
      if (gone !== undefined) await holdRegistry(tx, { account: gone.account_id, region: gone.region }, -1)
    },

    async deleteAll(at) {
      const linked = tx.selectFrom('blob_links').select('digest')
      await tx.updateTable('blobs').set({ needed_at: at.getTime() }).where('digest', 'in', linked).execute()
      await tx.deleteFrom('repositories').execute()
      await tx.deleteFrom('registries').execute()
    },
  }
}

type RegistryColumns = readonly [RegistryKey['account'], RegistryKey['region']]

function selectByRegistry(db: Kysely<Schema>, [account, region]: RegistryColumns) {
  return db
    .selectFrom('repositories')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

function selectByName(
  db: Kysely<Schema>,
  [account, region, name]: readonly [...RegistryColumns, RepositoryKey['name']],
) {
  return selectByRegistry(db, [account, region]).where('name', '=', name)
}

function toRepository(row: Selectable<RepositoryTable>): Repository {
  return {
    id: row.id,
    account: row.account_id,
    region: row.region,
    name: row.name,
    createdAt: new Date(row.created_at),
    tagMutability: { mode: row.tag_mutability, exclusions: readTexts(row.tag_mutability_exclusions) },
    scanOnPush: row.scan_on_push === 1,
    encryption: { type: row.encryption_type, ...(row.kms_key !== null && { kmsKey: row.kms_key }) },
  }
}

function toRow({ account, region, name, ...settings }: Omit<Repository, 'id'>) {
  return {
    account_id: account,
    region,
    name,
    created_at: settings.createdAt.getTime(),
    ...toMutabilityColumns(settings.tagMutability),
    scan_on_push: Number(settings.scanOnPush),
    encryption_type: settings.encryption.type,
    kms_key: settings.encryption.kmsKey ?? null,
  }
}

function toMutabilityColumns({ mode, exclusions }: TagMutabilitySetting) {
  return { tag_mutability: mode, tag_mutability_exclusions: JSON.stringify(exclusions) }
}
