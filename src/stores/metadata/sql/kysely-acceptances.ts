import type { Kysely, Selectable } from 'kysely'
import type { Acceptance, AcceptanceScope } from '../../../core/scanning/acceptance.ts'
import type { AcceptanceReader, AcceptanceWriter } from '../acceptances.ts'
import type { AcceptedFindingTable } from '../schema/scanning.ts'
import type { Schema } from '../schema.ts'

/** Rows put in one statement. */
const rowsAtOnce = 500

export function acceptanceReader(db: Kysely<Schema>): AcceptanceReader {
  return {
    async list({ account, region }, { after, limit }) {
      const all = db
        .selectFrom('accepted_findings')
        .selectAll()
        .where('account_id', '=', account)
        .where('region', '=', region)
        .orderBy('vulnerability')
        .orderBy('repository_name')
        .orderBy('digest')
        .orderBy('package_name')
        .limit(limit)
      const rest =
        after &&
        all.where(({ eb, refTuple, tuple }) => {
          const { vulnerability, repository_name, digest, package_name } = keyColumns(after)
          return eb(
            refTuple('vulnerability', 'repository_name', 'digest', 'package_name'),
            '>',
            tuple(vulnerability, repository_name, digest, package_name),
          )
        })
      return (await (rest ?? all).execute()).map(toAcceptance)
    },

    async count({ account, region }) {
      const { count } = await db
        .selectFrom('accepted_findings')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('region', '=', region)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

export function acceptanceWriter(tx: Kysely<Schema>): AcceptanceWriter {
  return {
    async put({ account, region }, acceptances) {
      const rows = acceptances.map(
        (acceptance): AcceptedFindingTable => ({
          account_id: account,
          region,
          ...keyColumns(acceptance),
          ...factColumns(acceptance),
        }),
      )
      for (let at = 0; at < rows.length; at += rowsAtOnce) {
        await tx
          .insertInto('accepted_findings')
          .values(rows.slice(at, at + rowsAtOnce))
          .onConflict((conflict) =>
            conflict
              .columns(['account_id', 'region', 'vulnerability', 'repository_name', 'digest', 'package_name'])
              .doUpdateSet(({ ref }) => ({
                status: ref('excluded.status'),
                reason: ref('excluded.reason'),
                justification: ref('excluded.justification'),
                expires_at: ref('excluded.expires_at'),
                accepted_by: ref('excluded.accepted_by'),
                accepted_at: ref('excluded.accepted_at'),
              })),
          )
          .execute()
      }
    },

    async delete({ account, region }, scope) {
      const key = keyColumns(scope)
      const { numDeletedRows } = await tx
        .deleteFrom('accepted_findings')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('vulnerability', '=', key.vulnerability)
        .where('repository_name', '=', key.repository_name)
        .where('digest', '=', key.digest)
        .where('package_name', '=', key.package_name)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    async deleteAll() {
      await tx.deleteFrom('accepted_findings').execute()
    },
  }
}

/** Nothing stands for anything: an empty text is no name. */
function keyColumns({ vulnerability, repository, digest, packageName }: AcceptanceScope) {
  return {
    vulnerability,
    repository_name: repository ?? ('' as const),
    digest: digest ?? ('' as const),
    package_name: packageName ?? '',
  }
}

function factColumns({ status, reason, justification, expiresAt, by, at }: Acceptance) {
  return {
    status,
    reason,
    justification: justification ?? null,
    expires_at: expiresAt?.getTime() ?? null,
    accepted_by: by,
    accepted_at: at.getTime(),
  }
}

function toAcceptance(row: Selectable<AcceptedFindingTable>): Acceptance {
  return {
    vulnerability: row.vulnerability,
    ...(row.repository_name !== '' && { repository: row.repository_name }),
    ...(row.digest !== '' && { digest: row.digest }),
    ...(row.package_name !== '' && { packageName: row.package_name }),
    status: row.status,
    reason: row.reason,
    ...(row.justification !== null && { justification: row.justification }),
    ...(row.expires_at !== null && { expiresAt: new Date(row.expires_at) }),
    by: row.accepted_by,
    at: new Date(row.accepted_at),
  }
}
