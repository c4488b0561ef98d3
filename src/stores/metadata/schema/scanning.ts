import type { Generated } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { Region } from '../../../core/names/region.ts'
import type { RepositoryName } from '../../../core/names/repository-name.ts'
import type { AcceptanceStatus, Justification } from '../../../core/scanning/acceptance.ts'
import type { ScanStatus } from '../../../core/scanning/image-scan.ts'
import type { PackageFormat } from '../../../core/scanning/package-format.ts'
import type { PullGate } from '../../../core/scanning/pull-gate.ts'
import type { ScanType } from '../../../core/scanning/scanning-configuration.ts'
import type { Severity } from '../../../core/scanning/severity.ts'
import type { EpochMillis } from './columns.ts'

export interface AdvisoryTable {
  readonly id: string
  readonly modified_at: EpochMillis
  readonly published_at: EpochMillis | null
  /** A JSON array of CVEs. */
  readonly names: string
  readonly url: string
  /** A JSON array of addresses. */
  readonly link_urls: string
  readonly description: string
}

/** What an advisory says of one package. */
export interface AdvisoryPackageTable {
  readonly ecosystem: string
  readonly name: string
  readonly advisory_id: string
  /** A JSON array of ranges of versions and how bad it is. */
  readonly affected: string
}

export interface AdvisoryFeedTable {
  readonly ecosystem: string
  readonly updated_at: EpochMillis
  readonly newest_at: EpochMillis
}

/** What was read of a layer, once for all images of all repositories; gone with its blob. */
export interface LayerInventoryTable {
  readonly digest: Digest
  /** The version of the code that read it. */
  readonly reader: number
  /** JSON. */
  readonly inventory: string
}

export interface ImageScanTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly type: ScanType
  readonly status: ScanStatus
  readonly description: string
  readonly started_at: EpochMillis
  readonly completed_at: EpochMillis | null
  readonly source_updated_at: EpochMillis | null
  /** Counts up with each scan. */
  readonly run: number
  /** A JSON object of numbers by severity. */
  readonly severity_counts: string
  readonly fingerprint: string
}

export interface ScanFindingsTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly run: number
  readonly place: number
  /** A JSON array. */
  readonly findings: string
}

/** What findings in any image say of one package. */
export interface VulnerablePackageTable {
  readonly id: Generated<number>
  readonly vulnerability: string
  readonly format: PackageFormat
  readonly package_name: string
  readonly package_version: string
  readonly severity: Severity
  /** Empty while there is no fix. */
  readonly fixed_in: string
}

export interface VulnerableImageTable {
  readonly package_id: number
  readonly image_id: number
}

/** In the key an empty text stands for anything. */
export interface AcceptedFindingTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly vulnerability: string
  readonly repository_name: RepositoryName | ''
  readonly digest: Digest | ''
  readonly package_name: string
  readonly status: AcceptanceStatus
  readonly reason: string
  readonly justification: Justification | null
  readonly expires_at: EpochMillis | null
  readonly accepted_by: string
  readonly accepted_at: EpochMillis
}

export interface PullGateTable {
  readonly repository_id: number
  readonly severity: PullGate['severity']
  readonly unscanned: PullGate['unscanned']
  /** ARN patterns, as a JSON array. */
  readonly exempt: string
}

export interface ScanningConfigurationTable {
  readonly account_id: AccountId
  readonly region: Region
  /** JSON, like the one that was in force before it. */
  readonly configuration: string
  readonly previous: string
}
