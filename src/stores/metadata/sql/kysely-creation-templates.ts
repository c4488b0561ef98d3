import type { Kysely } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import { prefixPath, prefixPathsOf } from '../../../core/names/repository-prefix.ts'
import type { CreationTemplateReader, CreationTemplateWriter } from '../creation-templates.ts'
import type { Schema } from '../schema.ts'
import { toTemplate, toTemplateColumns } from './creation-template-rows.ts'

export function creationTemplateReader(db: Kysely<Schema>): CreationTemplateReader {
  return {
    async find(registry, prefix) {
      const row = await templatesOf(db, registry).where('path', '=', prefixPath(prefix)).executeTakeFirst()
      return row && toTemplate(row)
    },

    async matching({ name, ...registry }) {
      const query = templatesOf(db, registry).where('path', 'in', prefixPathsOf(name))
      const rows = await query.orderBy('path', 'desc').execute()
      return rows.map(toTemplate)
    },

    async list(registry, { after, limit }) {
      const query = templatesOf(db, registry).orderBy('path').limit(limit)
      const rest = after === undefined ? query : query.where('path', '>', prefixPath(after))
      return (await rest.execute()).map(toTemplate)
    },

    async count({ account, region }) {
      const { count } = await db
        .selectFrom('creation_templates')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('region', '=', region)
        .executeTakeFirstOrThrow()
      return count
    },
  }
}

function templatesOf(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('creation_templates')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

/** `locksRows` as in the SqlDialect. */
export function creationTemplateWriter(
  tx: Kysely<Schema>,
  { locksRows }: { readonly locksRows: boolean },
): CreationTemplateWriter {
  return {
    async lock(registry, prefix) {
      const query = templatesOf(tx, registry).where('path', '=', prefixPath(prefix))
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toTemplate(row)
    },

    async add({ account, region }, template) {
      const columns = { ...toTemplateColumns(template), created_at: template.createdAt.getTime() }
      const added = await tx
        .insertInto('creation_templates')
        .values({ account_id: account, region, ...columns })
        .onConflict((conflict) => conflict.doNothing())
        .returning('path')
        .executeTakeFirst()
      return added !== undefined
    },

    async replace({ account, region }, template) {
      const { path, prefix: _asFirstGiven, ...columns } = toTemplateColumns(template)
      const replaced = await tx
        .updateTable('creation_templates')
        .set(columns)
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('path', '=', path)
        .returning('path')
        .executeTakeFirst()
      return replaced !== undefined
    },

    async delete({ account, region }, prefix) {
      await tx
        .deleteFrom('creation_templates')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('path', '=', prefixPath(prefix))
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('creation_templates').execute()
    },
  }
}
