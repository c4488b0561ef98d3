import type { Insertable, Kysely, Selectable } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { SigningRule } from '../../../core/signing/signing-rules.ts'
import type { ImageSigningKeyTable, SigningTable } from '../schema/registry.ts'
import type { Schema } from '../schema.ts'
import type { SigningKey, SigningReader, SigningState, SigningWriter } from '../signing.ts'
import { preparedQuery } from './prepared-query.ts'

export function signingReader(db: Kysely<Schema>): SigningReader {
  // Asked at each push.
  const rules = preparedQuery(db, (account: AccountId, region: Region) =>
    db
      .selectFrom('signing_rules')
      .select('rules')
      .where('account_id', '=', account)
      .where('region', '=', region),
  )
  return {
    async rules({ account, region }) {
      const [row] = await rules(account, region)
      return row && readRules(row.rules)
    },

    async states(repositoryId, digest) {
      const rows = await db
        .selectFrom('signings')
        .selectAll()
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .orderBy('profile')
        .execute()
      return rows.map(toState)
    },

    async key({ account, region, name }) {
      const row = await db
        .selectFrom('image_signing_keys')
        .selectAll()
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('name', '=', name)
        .executeTakeFirst()
      return row && toKey(row)
    },

    async keys({ account, region }) {
      const rows = await db
        .selectFrom('image_signing_keys')
        .selectAll()
        .where('account_id', '=', account)
        .where('region', '=', region)
        .orderBy('name')
        .execute()
      return rows.map((row) => ({ ...toKey(row), name: row.name }))
    },
  }
}

export function signingWriter(tx: Kysely<Schema>): SigningWriter {
  return {
    async putRules({ account, region }, rules) {
      const text = JSON.stringify(rules.map(({ profile, filters }) => ({ profile, filters })))
      await tx
        .insertInto('signing_rules')
        .values({ account_id: account, region, rules: text })
        .onConflict((conflict) => conflict.columns(['account_id', 'region']).doUpdateSet({ rules: text }))
        .execute()
    },

    async deleteRules({ account, region }) {
      await tx
        .deleteFrom('signing_rules')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .execute()
    },

    async putState(repositoryId, digest, state) {
      const row: Insertable<SigningTable> = { repository_id: repositoryId, digest, ...toColumns(state) }
      await tx
        .insertInto('signings')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['repository_id', 'digest', 'profile']).doUpdateSet(toColumns(state)),
        )
        .execute()
    },

    async addKey({ account, region, name }, { chain, sealedKey, createdAt }) {
      const created_at = createdAt.getTime()
      const row = { account_id: account, region, name, chain, sealed_key: sealedKey, created_at }
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('image_signing_keys')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },

    async deleteKey({ account, region, name }) {
      const { numDeletedRows } = await tx
        .deleteFrom('image_signing_keys')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('name', '=', name)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    async deleteAll() {
      await tx.deleteFrom('signing_rules').execute()
      await tx.deleteFrom('image_signing_keys').execute()
    },
  }
}

function readRules(text: string): SigningRule[] {
  const rules: unknown = JSON.parse(text)
  if (!Array.isArray(rules)) throw new TypeError('Not a list of signing rules')
  return rules.map(({ profile, filters }) => ({
    profile: String(profile),
    ...(Array.isArray(filters) && { filters: filters.map(String) }),
  }))
}

function toColumns({ profile, status, failureCode, failureReason, actor }: SigningState) {
  const failure = { failure_code: failureCode ?? null, failure_reason: failureReason ?? null }
  return { profile, status, ...failure, actor }
}

function toState(row: Selectable<SigningTable>): SigningState {
  const { profile, status, actor, failure_code, failure_reason } = row
  return {
    profile,
    status,
    ...(failure_code !== null && { failureCode: failure_code }),
    ...(failure_reason !== null && { failureReason: failure_reason }),
    actor,
  }
}

function toKey({ chain, sealed_key, created_at }: Selectable<ImageSigningKeyTable>): SigningKey {
  return { chain, sealedKey: sealed_key, createdAt: new Date(created_at) }
}
