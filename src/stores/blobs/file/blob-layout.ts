import { join } from 'node:path'
import {
  type Digest,
  type DigestAlgorithm,
  digestAlgorithm,
  digestHex,
  isDigest,
} from '../../../core/names/digest.ts'
import { BlobMissingError, UploadMissingError } from '../blob-store.ts'
import { isUploadId } from '../upload-id.ts'

/**
 * Where bytes are kept below one folder: `blobs/sha256/ab/<hex>`, `blobs/sha512/ab/<hex>`, `uploads/<uuid>` and, of what
 * is about to be removed, `trash/sha256-<hex>`. Names that
 * come from a client are checked here once more before they become paths.
 */
export class BlobLayout {
  readonly blobs: string
  readonly uploads: string
  readonly trash: string

  constructor(folder: string) {
    this.blobs = join(folder, 'blobs')
    this.uploads = join(folder, 'uploads')
    this.trash = join(folder, 'trash')
  }

  /** Spread over 256 folders by the first two digits. @throws BlobMissingError for what is no digest */
  blob(digest: Digest): string {
    if (!isDigest(digest)) throw new BlobMissingError(digest)
    const hex = digestHex(digest)
    return join(this.blobs, digestAlgorithm(digest), hex.slice(0, 2), hex)
  }

  /** Where all blobs of an algorithm with the same first two digits are. */
  folder(algorithm: DigestAlgorithm, firstByte: number): string {
    return join(this.blobs, algorithm, firstByte.toString(16).padStart(2, '0'))
  }

  /** @throws BlobMissingError for what is no digest */
  trashed(digest: Digest): string {
    if (!isDigest(digest)) throw new BlobMissingError(digest)
    return join(this.trash, digest.replace(':', '-'))
  }

  /** The digest that a name among the trash stands for; undefined for a file that isn't ours. */
  digestOfTrashed(name: string): Digest | undefined {
    const digest = name.replace('-', ':')
    return isDigest(digest) ? digest : undefined
  }

  /** @throws UploadMissingError for what is no UUID */
  upload(id: string): string {
    if (!isUploadId(id)) throw new UploadMissingError(id)
    return join(this.uploads, id)
  }
}
