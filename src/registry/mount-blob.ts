import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/**
 * CONTRACT. Links a blob that `from` links into `repository`; undefined when `from` doesn't exist or lacks it.
 * The caller has checked the right to read `from`. @throws RepositoryNotFoundError for `repository`
 */
export declare function mountBlob(
  registry: Registry,
  mount: { readonly repository: RepositoryKey; readonly from: RepositoryKey; readonly digest: Digest },
): Promise<Blob | undefined>
