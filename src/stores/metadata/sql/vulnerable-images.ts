import type { Kysely } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { ScanReader } from '../scans.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { textsIn } from './texts-in.ts'

/** What is asked of findings of many images at once: each is two numbers, beside the findings themselves. */
export function vulnerableImageReader(
  db: Kysely<Schema>,
  dialect: SqlDialect,
): Pick<ScanReader, 'marks' | 'placesOf' | 'countImagesWith'> {
  return {
    async marks(repositoryId, digests, vulnerabilities) {
      const rows = await db
        .selectFrom('images')
        .innerJoin('vulnerable_images', 'vulnerable_images.image_id', 'images.id')
        .innerJoin('vulnerable_packages', 'vulnerable_packages.id', 'vulnerable_images.package_id')
        .select(['images.digest', 'vulnerability', 'package_name', 'severity'])
        .where('images.repository_id', '=', repositoryId)
        .where('images.digest', 'in', digestsIn(dialect, digestList(digests)))
        .where('vulnerability', 'in', textsIn(dialect, vulnerabilities))
        .execute()
      return rows.map(({ digest, vulnerability, package_name, severity }) => ({
        digest,
        name: vulnerability,
        packageName: package_name,
        severity,
      }))
    },

    async placesOf(registry, vulnerability, { after, limit }) {
      const query = inRegistry(db, registry, vulnerability)
        .selectAll('vulnerable_packages')
        .select([
          'image_id',
          'images.repository_id',
          'images.digest',
          'account_id',
          'region',
          'repositories.name',
        ])
        .orderBy('package_id')
        .orderBy('image_id')
        .limit(limit)
      const rest =
        after &&
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('package_id', 'image_id'), '>', tuple(after.packageId, after.imageId)),
        )
      return (await (rest ?? query).execute()).map((row) => ({
        repository: { account: row.account_id, region: row.region, name: row.name },
        repositoryId: row.repository_id,
        digest: row.digest,
        severity: row.severity,
        format: row.format,
        packageName: row.package_name,
        packageVersion: row.package_version,
        ...(row.fixed_in !== '' && { fixedIn: row.fixed_in }),
        cursor: { packageId: row.id, imageId: row.image_id },
      }))
    },

    async countImagesWith(registry, vulnerability) {
      const { count } = await inRegistry(db, registry, vulnerability)
        .select(({ fn }) => fn.count<number>('image_id').distinct().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

function inRegistry(db: Kysely<Schema>, { account, region }: RegistryKey, vulnerability: string) {
  return db
    .selectFrom('vulnerable_packages')
    .innerJoin('vulnerable_images', 'vulnerable_images.package_id', 'vulnerable_packages.id')
    .innerJoin('images', 'images.id', 'vulnerable_images.image_id')
    .innerJoin('repositories', 'repositories.id', 'images.repository_id')
    .where('vulnerability', '=', vulnerability)
    .where('account_id', '=', account)
    .where('region', '=', region)
}
