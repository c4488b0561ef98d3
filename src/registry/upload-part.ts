import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. UploadLayerPart: one whole part, all or nothing; resolves to the last byte received. @throws as appendToUpload */
export declare function uploadPart(
  registry: Registry,
  part: {
    readonly repository: RepositoryKey
    readonly uploadId: string
    readonly firstByte: number
    readonly bytes: Uint8Array
  },
): Promise<number>
