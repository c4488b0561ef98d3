import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import {
  defaultScanning,
  type RepositoryScanning,
  type ScanningConfiguration,
  scanningOf,
} from '../../core/scanning/scanning-configuration.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

type Scans = Pick<MetadataReader, 'scans'>

/** How a registry's images are scanned. */
export async function findScanningConfiguration(
  { scans }: Scans,
  registry: RegistryKey,
): Promise<ScanningConfiguration> {
  return (await scans.configuration(registry)) ?? defaultScanning
}

/** How a repository's images are scanned. */
export async function findRepositoryScanning(
  metadata: Scans,
  repository: Repository,
): Promise<RepositoryScanning> {
  return scanningOf(await findScanningConfiguration(metadata, repository), repository)
}
