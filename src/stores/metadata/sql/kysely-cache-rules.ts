import type { Kysely, Selectable } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import { prefixPath } from '../../../core/names/repository-prefix.ts'
import type { CacheRule } from '../../../core/pull-through/cache-rule.ts'
import type { CacheRuleReader, CacheRuleWriter } from '../cache-rules.ts'
import type { CacheRuleTable } from '../schema/registry.ts'
import type { Schema } from '../schema.ts'

export function cacheRuleReader(db: Kysely<Schema>): CacheRuleReader {
  return {
    async find(registry, prefix) {
      const row = await rulesOf(db, registry).where('path', '=', prefixPath(prefix)).executeTakeFirst()
      return row && toRule(row)
    },

    async list(registry, { after, limit }) {
      const query = rulesOf(db, registry).orderBy('path').limit(limit)
      const rest = after === undefined ? query : query.where('path', '>', prefixPath(after))
      return (await rest.execute()).map(toRule)
    },
  }
}

/** `locksRows` as in the SqlDialect. */
export function cacheRuleWriter(
  tx: Kysely<Schema>,
  { locksRows }: { readonly locksRows: boolean },
): CacheRuleWriter {
  return {
    async add({ account, region }, rule) {
      const added = await tx
        .insertInto('cache_rules')
        .values({ account_id: account, region, ...toColumns(rule) })
        .onConflict((conflict) => conflict.doNothing())
        .returning('path')
        .executeTakeFirst()
      return added !== undefined
    },

    async lock(registry, prefix) {
      const query = rulesOf(tx, registry).where('path', '=', prefixPath(prefix))
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toRule(row)
    },

    async setCredentials({ account, region }, prefix, { credentialArn, customRoleArn, updatedAt }) {
      await tx
        .updateTable('cache_rules')
        .set({
          credential_arn: credentialArn ?? null,
          custom_role_arn: customRoleArn ?? null,
          updated_at: updatedAt.getTime(),
        })
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('path', '=', prefixPath(prefix))
        .execute()
    },

    async delete({ account, region }, prefix) {
      await tx
        .deleteFrom('cache_rules')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('path', '=', prefixPath(prefix))
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('cache_rules').execute()
    },
  }
}

function rulesOf(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('cache_rules')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

/** In place of a prefix, which is never empty. */
const notGiven = ''

function toRule(row: Selectable<CacheRuleTable>): CacheRule {
  return {
    prefix: row.prefix,
    upstreamUrl: row.upstream_url,
    upstreamKind: row.upstream_kind ?? undefined,
    ...(row.upstream_prefix !== notGiven && { upstreamPrefix: row.upstream_prefix }),
    credentialArn: row.credential_arn ?? undefined,
    customRoleArn: row.custom_role_arn ?? undefined,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }
}

function toColumns(rule: CacheRule) {
  return {
    path: prefixPath(rule.prefix),
    prefix: rule.prefix,
    upstream_url: rule.upstreamUrl,
    upstream_kind: rule.upstreamKind ?? null,
    upstream_prefix: rule.upstreamPrefix ?? notGiven,
    credential_arn: rule.credentialArn ?? null,
    custom_role_arn: rule.customRoleArn ?? null,
    created_at: rule.createdAt.getTime(),
    updated_at: rule.updatedAt.getTime(),
  }
}
