import type { Kysely } from 'kysely'
import type { ClientTokenWriter } from '../client-tokens.ts'
import type { Schema } from '../schema.ts'

/** @see Amazon ECS API reference, RunTask, clientToken */
const usedFor = 24 * 60 * 60 * 1000

export function clientTokenWriter(tx: Kysely<Schema>): ClientTokenWriter {
  return {
    async use({ account, region, name: cluster }, token, { request, tasks, at }) {
      const of = { account_id: account, region, cluster }
      await tx
        .deleteFrom('client_tokens')
        .where((where) => where.and(of))
        .where('used_at', '<', at.getTime() - usedFor)
        .execute()
      const row = { ...of, token, request, tasks: JSON.stringify(tasks), used_at: at.getTime() }
      const added = await tx
        .insertInto('client_tokens')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('token')
        .executeTakeFirst()
      if (added !== undefined) return undefined
      const known = await tx
        .selectFrom('client_tokens')
        .select(['request', 'tasks'])
        .where((where) => where.and({ ...of, token }))
        .executeTakeFirstOrThrow()
      return { request: known.request, tasks: JSON.parse(known.tasks) }
    },

    async forget({ account, region, name: cluster }, token) {
      await tx
        .deleteFrom('client_tokens')
        .where((where) => where.and({ account_id: account, region, cluster, token }))
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('client_tokens').execute()
    },
  }
}
