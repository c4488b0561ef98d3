import { isAccountId } from '../names/account-id.ts'
import { anyRepositoryArn, parseRepositoryArn, repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import { isDigest } from '../names/digest.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey, RepositoryKey } from '../names/registry-key.ts'

export const scanJobKind = 'scan-image'

/** The job that scans one image. */
export function scanJob(repository: RepositoryKey, digest: Digest) {
  return { kind: scanJobKind, key: `${repositoryArn(repository)}@${digest}` }
}

/** The image that the key of such a job names. */
export function readScanJob(key: string): { readonly repository: RepositoryKey; readonly digest: Digest } {
  const at = key.lastIndexOf('@')
  const digest = key.slice(at + 1)
  if (!isDigest(digest)) throw new RangeError(`The job's key names no image: ${key}`)
  return { repository: parseRepositoryArn(key.slice(0, at)), digest }
}

/** The job that looks again at all images that are scanned continuously, after advisories have changed. */
export const rescanJob = { kind: 'rescan-images', key: '' }

/** How many milliseconds after a change of advisories: an import comes in many parts. */
export const rescanDelay = 15_000

export const applyScanningJobKind = 'apply-scanning'

/** The job that does what follows from a change of how a registry is scanned. */
export function applyScanningJob(registry: RegistryKey) {
  return { kind: applyScanningJobKind, key: anyRepositoryArn(registry) }
}

/** The registry that the key of such a job names. */
export function readApplyScanningJob(key: string): RegistryKey {
  const [, , , region = '', account = ''] = key.split(':')
  if (!isRegion(region) || !isAccountId(account))
    throw new RangeError(`The job's key names no registry: ${key}`)
  return { account, region }
}
