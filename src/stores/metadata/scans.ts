import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import type { Finding } from '../../core/scanning/finding.ts'
import type { ImageScan, ScanStatus } from '../../core/scanning/image-scan.ts'
import type { LayerInventory } from '../../core/scanning/layer-inventory.ts'
import type { PackageFormat } from '../../core/scanning/package-format.ts'
import type { ScanningConfiguration, ScanType } from '../../core/scanning/scanning-configuration.ts'
import type { Severity } from '../../core/scanning/severity.ts'

/** An image whose scan has ended, and the repository that it is in. */
export interface EndedScan extends ScannedImage {
  readonly repository: RepositoryKey
  readonly scan: ImageScan
}

/** How one scan ended. */
export interface ScanEnd {
  readonly status: Exclude<ScanStatus, 'PENDING' | 'IN_PROGRESS'>
  readonly description: string
  readonly completedAt: Date
  readonly sourceUpdatedAt?: Date | undefined
  readonly severityCounts: ImageScan['severityCounts']
  readonly fingerprint: string
}

/** Other findings of an image whose scan has ended. */
export interface Renewal {
  readonly image: ScannedImage
  /** Of the findings that they take the place of. */
  readonly run: number
  readonly end: ScanEnd
  /** Worst first. */
  readonly findings: readonly Finding[]
}

/** A place where a vulnerability is: an image, and the package of it that has it. */
export interface VulnerableImage {
  readonly repository: RepositoryKey
  readonly repositoryId: number
  readonly digest: Digest
  readonly severity: Severity
  readonly format: PackageFormat
  readonly packageName: string
  readonly packageVersion: string
  readonly fixedIn?: string
  /** Where the next page begins. */
  readonly cursor: VulnerableImageCursor
}

export interface VulnerableImageCursor {
  readonly packageId: number
  readonly imageId: number
}

/** A finding in short. */
export interface FindingMark {
  readonly digest: Digest
  readonly name: string
  readonly packageName: string
  readonly severity: Severity
}

/** An image by its place. */
export interface ScannedImage {
  readonly repositoryId: number
  readonly digest: Digest
}

export interface ScanReader {
  find(repositoryId: number, digest: Digest): Promise<ImageScan | undefined>
  findMany(repositoryId: number, digests: readonly Digest[]): Promise<ImageScan[]>
  /** Some findings of a run, worst first, from the one at an index on; at least one if there are any. */
  findings(
    image: ScannedImage,
    run: number,
    page: { readonly from: number; readonly limit: number },
  ): Promise<Finding[]>
  /** Those findings of images of a repository that are of these vulnerabilities. */
  marks(
    repositoryId: number,
    digests: readonly Digest[],
    vulnerabilities: readonly string[],
  ): Promise<FindingMark[]>
  /** Where a registry has a vulnerability, those after a place. */
  placesOf(
    registry: RegistryKey,
    vulnerability: string,
    page: { readonly after?: VulnerableImageCursor | undefined; readonly limit: number },
  ): Promise<VulnerableImage[]>
  /** How many images of a registry have it. */
  countImagesWith(registry: RegistryKey, vulnerability: string): Promise<number>
  /** What was read of layers by readers of at least this version. */
  inventories(digests: readonly Digest[], reader: number): Promise<ReadonlyMap<Digest, LayerInventory>>
  /** Images of all registries whose scan has ended and was not asked for again: by repository and digest, those after one. */
  ended(page: {
    readonly type: ScanType
    readonly after?: ScannedImage | undefined
    readonly limit: number
  }): Promise<EndedScan[]>
  /** Undefined where none was put. */
  configuration(registry: RegistryKey): Promise<ScanningConfiguration | undefined>
  /** The one that was in force before the present one. */
  previousConfiguration(registry: RegistryKey): Promise<ScanningConfiguration | undefined>
}

export interface ScanWriter {
  /** Notes that a scan was asked for, whose findings will be another run's. */
  ask(
    image: ScannedImage,
    scan: { readonly type: ScanType; readonly status: 'PENDING' | 'IN_PROGRESS'; readonly at: Date },
  ): Promise<void>
  /** Ends the scan of a run with its findings, worst first; false when another was asked for since, or the image is gone. */
  end(image: ScannedImage, run: number, end: ScanEnd, findings: readonly Finding[]): Promise<boolean>
  /**
   * Puts other findings in the place of those of runs that have ended, which become another run's. Resolves to those of runs that were
   * the latest; the others are passed over.
   */
  renew<One extends Renewal>(renewals: readonly One[]): Promise<readonly One[]>
  /** Notes that scans found the same by advisories of a later time. */
  confirm(images: readonly ScannedImage[], sourceUpdatedAt: Date): Promise<void>
  /** Forgets the scan of an image and what it has found. */
  forget(image: ScannedImage): Promise<void>
  /** Keeps what was read of a layer, while there is a blob of this digest. */
  keepInventory(digest: Digest, reader: number, inventory: LayerInventory): Promise<void>
  putConfiguration(registry: RegistryKey, configuration: ScanningConfiguration): Promise<void>
  /** Forgets how all registries are scanned: development mode's reset. */
  deleteAllConfigurations(): Promise<void>
}
