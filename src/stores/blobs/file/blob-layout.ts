import { join } from 'node:path'
import { type Digest, digestAlgorithm, digestHex, isDigest } from '../../../core/names/digest.ts'
import { BlobMissingError, UploadMissingError } from '../blob-store.ts'
import { isUploadId } from '../upload-id.ts'

/**
 * Where bytes are kept below one folder: `blobs/sha256/ab/<hex>`, `blobs/sha512/ab/<hex>` and `uploads/<uuid>`. Names that
 * come from a client are checked here once more before they become paths.
 */
export class BlobLayout {
  readonly blobs: string
  readonly uploads: string

  constructor(folder: string) {
    this.blobs = join(folder, 'blobs')
    this.uploads = join(folder, 'uploads')
  }

  /** Spread over 256 folders by the first two digits. @throws BlobMissingError for what is no digest */
  blob(digest: Digest): string {
    if (!isDigest(digest)) throw new BlobMissingError(digest)
    const hex = digestHex(digest)
    return join(this.blobs, digestAlgorithm(digest), hex.slice(0, 2), hex)
  }

  /** @throws UploadMissingError for what is no UUID */
  upload(id: string): string {
    if (!isUploadId(id)) throw new UploadMissingError(id)
    return join(this.uploads, id)
  }
}
