import type { Kysely } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { Finding } from '../../../core/scanning/finding.ts'
import type { LayerInventory } from '../../../core/scanning/layer-inventory.ts'
import { defaultScanning, type ScanningConfiguration } from '../../../core/scanning/scanning-configuration.ts'
import type { ScanEnd, ScannedImage, ScanReader, ScanWriter } from '../scans.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { indexFindings } from './index-findings.ts'
import { preparedQuery } from './prepared-query.ts'
import { chunkSize, putFindings } from './put-findings.ts'
import { toScan } from './scan-rows.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { vulnerableImageReader } from './vulnerable-images.ts'

export function scanReader(db: Kysely<Schema>, dialect: SqlDialect): ScanReader {
  const configurations = preparedQuery(db, (account: string, region: string) =>
    db
      .selectFrom('scanning_configurations')
      .select(['configuration', 'previous'])
      .where('account_id', '=', account as RegistryKey['account'])
      .where('region', '=', region as RegistryKey['region']),
  )
  return {
    async find(repositoryId, digest) {
      const row = await scanOf(db, { repositoryId, digest }).executeTakeFirst()
      return row && toScan(row)
    },

    async findMany(repositoryId, digests) {
      const rows = await db
        .selectFrom('image_scans')
        .selectAll()
        .where('repository_id', '=', repositoryId)
        .where('digest', 'in', digestsIn(dialect, digestList(digests)))
        .execute()
      return rows.map(toScan)
    },

    async findings({ repositoryId, digest }, run, { from, limit }) {
      const first = Math.floor(from / chunkSize)
      const rows = await db
        .selectFrom('scan_findings')
        .select('findings')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .where('run', '=', run)
        .where('place', '>=', first)
        .where('place', '<=', Math.floor((from + limit - 1) / chunkSize))
        .orderBy('place')
        .execute()
      const findings = rows.flatMap((row): Finding[] => JSON.parse(row.findings))
      return findings.slice(from - first * chunkSize, from - first * chunkSize + limit)
    },

    ...vulnerableImageReader(db, dialect),

    async inventories(digests, reader) {
      const rows = await db
        .selectFrom('layer_inventories')
        .select(['digest', 'inventory'])
        .where('digest', 'in', digestsIn(dialect, digestList(digests)))
        .where('reader', '>=', reader)
        .execute()
      return new Map(rows.map((row): [Digest, LayerInventory] => [row.digest, JSON.parse(row.inventory)]))
    },

    async ended({ type, after, limit }) {
      const query = db
        .selectFrom('image_scans')
        .innerJoin('repositories', 'repositories.id', 'image_scans.repository_id')
        .selectAll('image_scans')
        .select(['account_id', 'region', 'name'])
        .where('type', '=', type)
        .where('completed_at', 'is not', null)
        .orderBy('repository_id')
        .orderBy('digest')
        .limit(limit)
      const rest =
        after === undefined
          ? query
          : query.where(({ eb, refTuple, tuple }) =>
              eb(refTuple('repository_id', 'digest'), '>', tuple(after.repositoryId, after.digest)),
            )
      return (await rest.execute()).map((row) => ({
        repositoryId: row.repository_id,
        digest: row.digest,
        repository: { account: row.account_id, region: row.region, name: row.name },
        scan: toScan(row),
      }))
    },

    async configuration({ account, region }) {
      const [row] = await configurations(account, region)
      return row && JSON.parse(row.configuration)
    },

    async previousConfiguration({ account, region }) {
      const [row] = await configurations(account, region)
      return row && JSON.parse(row.previous)
    },
  }
}

function scanOf(db: Kysely<Schema>, { repositoryId, digest }: ScannedImage) {
  return db
    .selectFrom('image_scans')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('digest', '=', digest)
}

export function scanWriter(tx: Kysely<Schema>, dialect: SqlDialect): ScanWriter {
  return {
    async ask({ repositoryId, digest }, { type, status, at }) {
      const columns = {
        type,
        status,
        description: '',
        started_at: at.getTime(),
        completed_at: null,
        source_updated_at: null,
        severity_counts: '{}',
        fingerprint: '',
      }
      await tx
        .insertInto('image_scans')
        .values({ repository_id: repositoryId, digest, run: 1, ...columns })
        .onConflict((conflict) =>
          conflict
            .columns(['repository_id', 'digest'])
            .doUpdateSet((eb) => ({ ...columns, run: eb('image_scans.run', '+', 1) })),
        )
        .execute()
    },

    async end(image, run, end, findings) {
      if (!(await setEnd(tx, image, run, { run, ...columnsOf(end) }))) return false
      await putFindings(tx, dialect, [{ image, run, findings }])
      return true
    },

    async renew(renewals) {
      const latest: (typeof renewals)[number][] = []
      for (const one of renewals) {
        const columns = { run: one.run + 1, ...columnsOf(one.end) }
        if (await setEnd(tx, one.image, one.run, columns)) latest.push(one)
      }
      const next = latest.map(({ image, run, findings }) => ({ image, run: run + 1, findings }))
      await putFindings(tx, dialect, next)
      return latest
    },

    async confirm(images, sourceUpdatedAt) {
      for (const [repositoryId, some] of Map.groupBy(images, (image) => image.repositoryId)) {
        await tx
          .updateTable('image_scans')
          .set({ source_updated_at: sourceUpdatedAt.getTime() })
          .where('repository_id', '=', repositoryId)
          .where('digest', 'in', digestsIn(dialect, digestList(some.map(({ digest }) => digest))))
          .execute()
      }
    },

    async forget({ repositoryId, digest }) {
      await indexFindings(tx, dialect, [{ image: { repositoryId, digest }, findings: [] }])
      await tx
        .deleteFrom('image_scans')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .execute()
    },

    async keepInventory(digest, reader, inventory) {
      const columns = { reader, inventory: JSON.stringify(inventory) }
      const blob = await tx
        .selectFrom('blobs')
        .select('digest')
        .where('digest', '=', digest)
        .executeTakeFirst()
      if (blob === undefined) return
      await tx
        .insertInto('layer_inventories')
        .values({ digest, ...columns })
        .onConflict((conflict) => conflict.column('digest').doUpdateSet(columns))
        .execute()
    },

    async putConfiguration({ account, region }, configuration) {
      const text = JSON.stringify(configuration satisfies ScanningConfiguration)
      await tx
        .insertInto('scanning_configurations')
        .values({
          account_id: account,
          region,
          configuration: text,
          previous: JSON.stringify(defaultScanning),
        })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'region']).doUpdateSet((eb) => ({
            configuration: text,
            previous: eb.ref('scanning_configurations.configuration'),
          })),
        )
        .execute()
    },

    async deleteAllConfigurations() {
      await tx.deleteFrom('scanning_configurations').execute()
    },
  }
}

function columnsOf({ status, description, completedAt, sourceUpdatedAt, ...end }: ScanEnd) {
  return {
    status,
    description,
    completed_at: completedAt.getTime(),
    source_updated_at: sourceUpdatedAt?.getTime() ?? null,
    severity_counts: JSON.stringify(end.severityCounts),
    fingerprint: end.fingerprint,
  }
}

/** False when the run is not the latest any more. */
async function setEnd(
  tx: Kysely<Schema>,
  { repositoryId, digest }: ScannedImage,
  run: number,
  columns: ReturnType<typeof columnsOf> & { readonly run: number },
): Promise<boolean> {
  const row = await tx
    .updateTable('image_scans')
    .set(columns)
    .where('repository_id', '=', repositoryId)
    .where('digest', '=', digest)
    .where('run', '=', run)
    .returning('run')
    .executeTakeFirst()
  return row !== undefined
}
