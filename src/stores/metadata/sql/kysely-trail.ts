import type { Kysely, Selectable } from 'kysely'
import type { KeptTrailRecord, TrailRecord } from '../../../core/trail/trail-record.ts'
import type { AuditTrailTable } from '../schema/access.ts'
import type { Schema } from '../schema.ts'
import type { TrailReader, TrailWriter } from '../trail.ts'

/** Within what one statement may bind on either database. */
const rowsAtOnce = 100

export function trailReader(db: Kysely<Schema>): TrailReader {
  return {
    async list(account, { principal, action, repository, outcome, from, to }, { before, limit }) {
      let query = db
        .selectFrom('audit_trail')
        .selectAll()
        .where('account_id', '=', account)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
      if (principal !== undefined) query = query.where('principal', '=', principal)
      if (action !== undefined) query = query.where('action', '=', action)
      if (repository !== undefined) query = query.where('repository', '=', repository)
      if (outcome !== undefined) query = query.where('outcome', '=', outcome)
      if (from !== undefined) query = query.where('at', '>=', from.getTime())
      if (to !== undefined) query = query.where('at', '<', to.getTime())
      if (before !== undefined) {
        const at = before.at.getTime()
        query = query
          .where('at', '<=', at)
          .where(({ eb, or }) => or([eb('at', '<', at), eb('id', '<', before.id)]))
      }
      return (await query.execute()).map(toRecord)
    },
  }
}

export function trailWriter(tx: Kysely<Schema>): TrailWriter {
  return {
    async add(records) {
      for (let first = 0; first < records.length; first += rowsAtOnce) {
        const rows = records.slice(first, first + rowsAtOnce).map(toRow)
        await tx.insertInto('audit_trail').values(rows).execute()
      }
    },

    async forget(before, limit) {
      const old = tx
        .selectFrom('audit_trail')
        .select('id')
        .where('at', '<', before.getTime())
        .orderBy('at')
        .limit(limit)
      const { numDeletedRows } = await tx.deleteFrom('audit_trail').where('id', 'in', old).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

function toRow({ account, at, principal, action, repository, outcome, ...rest }: TrailRecord) {
  return {
    account_id: account,
    at: at.getTime(),
    principal,
    action,
    repository: repository ?? null,
    outcome,
    content: JSON.stringify({ ...rest, until: rest.until?.getTime() }),
  }
}

function toRecord(row: Selectable<AuditTrailTable>): KeptTrailRecord {
  const { until, ...rest } = JSON.parse(row.content)
  return {
    ...rest,
    ...(until !== undefined && { until: new Date(until) }),
    id: row.id,
    account: row.account_id,
    at: new Date(row.at),
    principal: row.principal,
    action: row.action,
    repository: row.repository ?? undefined,
    outcome: row.outcome,
  }
}
