import type { Selectable } from 'kysely'
import type { ImageScan } from '../../../core/scanning/image-scan.ts'
import type { ImageScanTable } from '../schema/scanning.ts'

export function toScan(row: Selectable<ImageScanTable>): ImageScan {
  return {
    digest: row.digest,
    type: row.type,
    status: row.status,
    description: row.description,
    startedAt: new Date(row.started_at),
    ...(row.completed_at !== null && { completedAt: new Date(row.completed_at) }),
    ...(row.source_updated_at !== null && { sourceUpdatedAt: new Date(row.source_updated_at) }),
    run: row.run,
    severityCounts: JSON.parse(row.severity_counts),
    fingerprint: row.fingerprint,
  }
}
