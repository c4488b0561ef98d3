import type { Kysely, Selectable } from 'kysely'
import type { OidcProvider } from '../../../core/iam/oidc-provider.ts'
import type { OidcProviderReader, OidcProviderWriter } from '../oidc-providers.ts'
import type { OidcProviderTable } from '../schema/access.ts'
import type { Schema } from '../schema.ts'
import { readTexts } from './json-texts.ts'

export function oidcProviderReader(db: Kysely<Schema>): OidcProviderReader {
  return {
    async find({ account, issuer }) {
      const row = await db
        .selectFrom('oidc_providers')
        .selectAll()
        .where('account_id', '=', account)
        .where('issuer', '=', issuer)
        .executeTakeFirst()
      return row && toProvider(row)
    },

    async list(account) {
      const rows = await db
        .selectFrom('oidc_providers')
        .selectAll()
        .where('account_id', '=', account)
        .orderBy('issuer')
        .execute()
      return rows.map(toProvider)
    },
  }
}

export function oidcProviderWriter(tx: Kysely<Schema>): OidcProviderWriter {
  return {
    async add(provider) {
      const { account, issuer, createdAt } = provider
      const row = { account_id: account, issuer, created_at: createdAt.getTime(), ...listsOf(provider) }
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('oidc_providers')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows > 0n
    },

    async update({ account, issuer }, changes) {
      await tx
        .updateTable('oidc_providers')
        .set(listsOf(changes))
        .where('account_id', '=', account)
        .where('issuer', '=', issuer)
        .execute()
    },

    async delete({ account, issuer }) {
      const { numDeletedRows } = await tx
        .deleteFrom('oidc_providers')
        .where('account_id', '=', account)
        .where('issuer', '=', issuer)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function listsOf({ clientIds, thumbprints }: Pick<OidcProvider, 'clientIds' | 'thumbprints'>) {
  return { client_ids: JSON.stringify(clientIds), thumbprints: JSON.stringify(thumbprints) }
}

function toProvider(row: Selectable<OidcProviderTable>): OidcProvider {
  return {
    account: row.account_id,
    issuer: row.issuer,
    clientIds: readTexts(row.client_ids),
    thumbprints: readTexts(row.thumbprints),
    createdAt: new Date(row.created_at),
  }
}
