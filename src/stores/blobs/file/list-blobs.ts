import { type Digest, type DigestAlgorithm, isDigest } from '../../../core/names/digest.ts'
import type { BlobLayout } from './blob-layout.ts'
import { namesIn } from './names-in.ts'

const algorithms: readonly DigestAlgorithm[] = ['sha256', 'sha512']

/** The digests of all blob files, folder by folder. Files that aren't ours are passed over. */
export async function* listBlobs(layout: BlobLayout): AsyncGenerator<readonly Digest[], void, undefined> {
  for (const algorithm of algorithms) {
    for (let firstByte = 0; firstByte < 256; firstByte += 1) {
      for await (const names of namesIn(layout.folder(algorithm, firstByte))) {
        yield names.map((name) => `${algorithm}:${name}`).filter(isDigest)
      }
    }
  }
}
