import type { Kysely } from 'kysely'
import type { Finding } from '../../../core/scanning/finding.ts'
import type { ScannedImage } from '../scans.ts'
import type { VulnerablePackageTable } from '../schema/scanning.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { portionsOf } from './portions-of.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { textsIn } from './texts-in.ts'

/** Rows put in one statement. */
const rowsAtOnce = 500

/** An image, and what was found in it. */
interface Found {
  readonly image: ScannedImage
  readonly findings: readonly Finding[]
}

type PackageColumns = Omit<VulnerablePackageTable, 'id'>

/** What an image is to have in the index. */
interface IndexedImage {
  readonly id: number
  readonly packages: ReadonlyMap<string, PackageColumns>
}

/** Puts images' findings where others look for a vulnerability; what was there already is left as it is. */
export async function indexFindings(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  found: readonly Found[],
): Promise<void> {
  const images = await imagesOf(tx, dialect, found)
  const before = await indexedBefore(tx, images)
  const ids = await packageIds(tx, dialect, new Map(images.flatMap(({ packages }) => [...packages])))
  const rows: { readonly package_id: number; readonly image_id: number }[] = []
  for (const { id: image_id, packages } of images) {
    const present = before.get(image_id) ?? new Set()
    const wanted = new Set(Array.from(packages.keys()).flatMap((key) => ids.get(key) ?? []))
    await removeAll(tx, image_id, [...present.difference(wanted)])
    for (const package_id of wanted.difference(present)) rows.push({ package_id, image_id })
  }
  for (const some of portionsOf(rows, rowsAtOnce))
    await tx.insertInto('vulnerable_images').values(some).execute()
}

/** An image that is gone meanwhile is left out. */
async function imagesOf(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  found: readonly Found[],
): Promise<IndexedImage[]> {
  const images: IndexedImage[] = []
  for (const [repositoryId, some] of Map.groupBy(found, ({ image }) => image.repositoryId)) {
    const findings = new Map(some.map((one) => [one.image.digest, one.findings]))
    const rows = await tx
      .selectFrom('images')
      .select(['id', 'digest'])
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', digestsIn(dialect, digestList([...findings.keys()])))
      .execute()
    for (const { id, digest } of rows) {
      const columns = (findings.get(digest) ?? []).map(toColumns)
      images.push({ id, packages: new Map(columns.map((each) => [keyOf(each), each])) })
    }
  }
  return images
}

async function indexedBefore(
  tx: Kysely<Schema>,
  images: readonly IndexedImage[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const before = new Map<number, Set<number>>()
  for (const some of portionsOf(images, rowsAtOnce)) {
    const ids = some.map(({ id }) => id)
    const rows = await tx
      .selectFrom('vulnerable_images')
      .select(['package_id', 'image_id'])
      .where('image_id', 'in', ids)
      .execute()
    for (const { package_id, image_id } of rows)
      before.set(image_id, (before.get(image_id) ?? new Set()).add(package_id))
  }
  return before
}

async function removeAll(
  tx: Kysely<Schema>,
  imageId: number,
  packageIdsGone: readonly number[],
): Promise<void> {
  for (const some of portionsOf(packageIdsGone, rowsAtOnce)) {
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
): Promise<ReadonlyMap<string, number>> {
  const known = await knownIds(tx, dialect, wanted)
  const lacking = [...wanted.keys()].filter((key) => !known.has(key)).toSorted()
  for (const some of portionsOf(
    lacking.flatMap((key) => wanted.get(key) ?? []),
    rowsAtOnce,
  )) {
    await tx
      .insertInto('vulnerable_packages')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return lacking.length === 0 ? known : knownIds(tx, dialect, wanted)
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
