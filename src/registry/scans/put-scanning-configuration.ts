import type { RegistryKey } from '../../core/names/registry-key.ts'
import { applyScanningJob } from '../../core/scanning/scan-jobs.ts'
import type { ScanningConfiguration } from '../../core/scanning/scanning-configuration.ts'
import type { Registry } from '../registry.ts'

/** Sets how a registry's images are scanned; what follows from it for those that are here is a job's. */
export async function putScanningConfiguration(
  { metadata, now }: Registry,
  registry: RegistryKey,
  configuration: ScanningConfiguration,
): Promise<void> {
  await metadata.write(async (tx) => {
    await tx.scans.putConfiguration(registry, configuration)
    await tx.jobs.add(applyScanningJob(registry), now())
  })
}
