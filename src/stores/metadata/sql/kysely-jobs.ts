import { type Kysely, type Selectable, sql, type UpdateObject } from 'kysely'
import type { JobLease, JobReader, JobState, JobWriter } from '../jobs.ts'
import type { JobTable } from '../schema/work.ts'
import type { Schema } from '../schema.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { takeJobs } from './take-jobs.ts'

export function jobReader(db: Kysely<Schema>, { textsOfJson }: SqlDialect): JobReader {
  return {
    async find({ kind, key }) {
      const row = await db
        .selectFrom('jobs')
        .selectAll()
        .where('kind', '=', kind)
        .where('key', '=', key)
        .executeTakeFirst()
      return row && toState(row)
    },

    async list({ kind, after, limit }) {
      const rows = await db
        .selectFrom('jobs')
        .selectAll()
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(kind, key) > (${after?.kind}, ${after?.key})`),
        )
        .orderBy('kind')
        .orderBy('key')
        .limit(limit)
        .execute()
      return rows.map(toState)
    },

    async nextDue(kinds) {
      const { rows } = await sql<{ readonly kind: string; readonly due_at: number | null }>`
        select asked.value as kind, (select min(due_at) from jobs where jobs.kind = asked.value) as due_at
        from ${textsOfJson}(${JSON.stringify(kinds)}) as asked
      `.execute(db)
      return new Map(rows.flatMap(({ kind, due_at }) => (due_at === null ? [] : [[kind, new Date(due_at)]])))
    },
  }
}

export function jobWriter(tx: Kysely<Schema>, dialect: SqlDialect): JobWriter {
  return {
    async add({ kind, key }, at) {
      const time = at.getTime()
      await sql`
        insert into jobs (kind, key, due_at) values (${kind}, ${key}, ${time})
        on conflict (kind, key) do update set
          due_at = case when jobs.lease is null and jobs.due_at > ${time} then ${time} else jobs.due_at end,
          again_at = case
            when jobs.lease is null or jobs.again_at <= ${time} then jobs.again_at else ${time} end
      `.execute(tx)
    },

    take: (wanted) => takeJobs(tx, dialect, wanted),

    async renew(lease, { until, progress }) {
      return change(tx, lease, { due_at: until.getTime(), ...progressColumn(progress) })
    },

    async finish(lease, { at, next, progress }) {
      const again = earliest(await askedAgain(tx, dialect, lease), next?.getTime())
      if (again === undefined) return remove(tx, lease)
      return change(tx, lease, {
        lease: null,
        due_at: again,
        again_at: null,
        attempts: 0,
        finished_at: at.getTime(),
        last_error: null,
        ...progressColumn(progress),
      })
    },

    async fail(lease, { next, error }) {
      const again = earliest(await askedAgain(tx, dialect, lease), next.getTime()) ?? next.getTime()
      return change(tx, lease, { lease: null, due_at: again, again_at: null, last_error: error })
    },

    async deleteKind(kind) {
      await tx.deleteFrom('jobs').where('kind', '=', kind).execute()
    },

    async releaseAll(at) {
      await tx
        .updateTable('jobs')
        .set({ lease: null, due_at: at.getTime(), again_at: null })
        .where('lease', 'is not', null)
        .execute()
    },

    async release(lease, at) {
      return change(tx, lease, {
        lease: null,
        due_at: at.getTime(),
        again_at: null,
        attempts: sql<number>`attempts - 1`,
      })
    },
  }
}

/** The earliest time the job was asked for since it was taken. Held, so that nobody asks between this and what follows. */
async function askedAgain(
  tx: Kysely<Schema>,
  { locksRows }: SqlDialect,
  { kind, key, lease }: JobLease,
): Promise<number | undefined> {
  const query = tx
    .selectFrom('jobs')
    .select('again_at')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('lease', '=', lease)
  const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
  return row?.again_at ?? undefined
}

async function change(
  tx: Kysely<Schema>,
  { kind, key, lease }: JobLease,
  columns: UpdateObject<Schema, 'jobs'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(columns)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('lease', '=', lease)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function remove(tx: Kysely<Schema>, { kind, key, lease }: JobLease): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('jobs')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('lease', '=', lease)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function progressColumn(progress: unknown) {
  return progress === undefined ? {} : { progress: JSON.stringify(progress) }
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function toState(row: Selectable<JobTable>): JobState {
  return {
    kind: row.kind,
    key: row.key,
    dueAt: new Date(row.due_at),
    isRunning: row.lease !== null,
    attempts: row.attempts,
    ...(row.progress !== null && { progress: JSON.parse(row.progress) }),
    ...(row.finished_at !== null && { finishedAt: new Date(row.finished_at) }),
    ...(row.last_error !== null && { lastError: row.last_error }),
  }
}
