import type { Kysely } from 'kysely'
import type { Finding } from '../../../core/scanning/finding.ts'
import type { ScannedImage } from '../scans.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { indexFindings } from './index-findings.ts'
import { portionsOf } from './portions-of.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** Findings in one row. */
export const chunkSize = 100
/** Rows put in one statement. */
const rowsAtOnce = 100

/** What a run has found in an image. */
export interface FoundInImage {
  readonly image: ScannedImage
  readonly run: number
  readonly findings: readonly Finding[]
}

/** Puts what was found in images in the place of what was found there before, also where others look for a vulnerability. */
export async function putFindings(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  found: readonly FoundInImage[],
): Promise<void> {
  for (const [repositoryId, some] of Map.groupBy(found, ({ image }) => image.repositoryId)) {
    const digests = digestList(some.map(({ image }) => image.digest))
    await tx
      .deleteFrom('scan_findings')
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', digestsIn(dialect, digests))
      .execute()
  }
  for (const rows of portionsOf(found.flatMap(toRows), rowsAtOnce))
    await tx.insertInto('scan_findings').values(rows).execute()
  await indexFindings(tx, dialect, found)
}

function toRows({ image: { repositoryId, digest }, run, findings }: FoundInImage) {
  return Array.from(portionsOf(findings, chunkSize), (chunk, place) => ({
    repository_id: repositoryId,
    digest,
    run,
    place,
    findings: JSON.stringify(chunk),
  }))
}
