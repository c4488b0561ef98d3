import type { Kysely } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { Finding } from '../../../core/scanning/finding.ts'
import type { ScannedImage, ScanReader } from '../scans.ts'
import type { Schema, VulnerablePackageTable } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { textsIn } from './texts-in.ts'

/** Rows put in one statement. */
const rowsAtOnce = 500

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

type PackageColumns = Omit<VulnerablePackageTable, 'id'>

/** Puts an image's findings where others look for a vulnerability; what was there already is left as it is. */
export async function indexFindings(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  { repositoryId, digest }: ScannedImage,
  findings: readonly Finding[],
): Promise<void> {
  const image = await tx
    .selectFrom('images')
    .select('id')
    .where('repository_id', '=', repositoryId)
    .where('digest', '=', digest)
    .executeTakeFirst()
  if (image === undefined) return
  const wanted = new Map(findings.map(toColumns).map((columns) => [keyOf(columns), columns]))
  const present = await indexedOf(tx, image.id)
  const gone = present.filter((row) => !wanted.has(keyOf(row)))
  await removeAll(
    tx,
    image.id,
    gone.map(({ id }) => id),
  )
  for (const row of present) wanted.delete(keyOf(row))
  const ids = await packageIds(tx, dialect, wanted)
  for (const some of portions(ids.map((id) => ({ package_id: id, image_id: image.id }))))
    await tx.insertInto('vulnerable_images').values(some).execute()
}

function indexedOf(tx: Kysely<Schema>, imageId: number) {
  return tx
    .selectFrom('vulnerable_images')
    .innerJoin('vulnerable_packages', 'vulnerable_packages.id', 'vulnerable_images.package_id')
    .selectAll('vulnerable_packages')
    .where('image_id', '=', imageId)
    .execute()
}

async function removeAll(
  tx: Kysely<Schema>,
  imageId: number,
  packageIdsGone: readonly number[],
): Promise<void> {
  for (const some of portions(packageIdsGone)) {
    await tx
      .deleteFrom('vulnerable_images')
      .where('image_id', '=', imageId)
      .where('package_id', 'in', some)
      .execute()
  }
}

/** The ids of packages, which are put where they are new. In one order, so that two who put the same don't wait for each other. */
async function packageIds(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  wanted: ReadonlyMap<string, PackageColumns>,
): Promise<number[]> {
  const known = await knownIds(tx, dialect, wanted)
  const lacking = [...wanted.keys()].filter((key) => !known.has(key)).toSorted()
  for (const some of portions(lacking.flatMap((key) => wanted.get(key) ?? []))) {
    await tx
      .insertInto('vulnerable_packages')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const all = lacking.length === 0 ? known : await knownIds(tx, dialect, wanted)
  return [...wanted.keys()].flatMap((key) => all.get(key) ?? [])
}

async function knownIds(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  wanted: ReadonlyMap<string, PackageColumns>,
): Promise<ReadonlyMap<string, number>> {
  if (wanted.size === 0) return new Map()
  const distinct = (column: 'vulnerability' | 'package_version') => [
    ...new Set(Array.from(wanted.values(), (columns) => columns[column])),
  ]
  const rows = await tx
    .selectFrom('vulnerable_packages')
    .selectAll()
    .where('vulnerability', 'in', textsIn(dialect, distinct('vulnerability')))
    .where('package_version', 'in', textsIn(dialect, distinct('package_version')))
    .execute()
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

function toColumns({
  name,
  format,
  packageName,
  packageVersion,
  severity,
  fixedIn = '',
}: Finding): PackageColumns {
  return {
    vulnerability: name,
    format,
    package_name: packageName,
    package_version: packageVersion,
    severity,
    fixed_in: fixedIn,
  }
}

function keyOf(row: PackageColumns): string {
  const { vulnerability, format, package_name, package_version, severity, fixed_in } = row
  return JSON.stringify([vulnerability, format, package_name, package_version, severity, fixed_in])
}

function* portions<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce)
}
