import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Digest, digestAlgorithm, digestHex } from '../../core/names/digest.ts'

/** An image to be laid down. */
export interface LaidImage {
  readonly digest: Digest
  readonly mediaType: string
  readonly content: Uint8Array
  /** Its config and its layers. */
  readonly blobs: readonly Digest[]
  readonly readBlob: (digest: Digest) => Promise<Readable>
}

/** Writes an image into an empty folder as other programs read it. @see OCI image spec, "Image Layout Specification" */
export async function writeImageLayout(
  folder: string,
  { digest, mediaType, content, blobs, readBlob }: LaidImage,
  signal: AbortSignal,
): Promise<void> {
  const manifests = [{ mediaType, digest, size: content.byteLength }]
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }))
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }))
  await writeFile(await placeOf(folder, digest), content)
  for (const blob of new Set(blobs)) {
    const target = createWriteStream(await placeOf(folder, blob))
    await pipeline(await readBlob(blob), target, { signal })
  }
}

async function placeOf(folder: string, digest: Digest): Promise<string> {
  const algorithm = join(folder, 'blobs', digestAlgorithm(digest))
  await mkdir(algorithm, { recursive: true })
  return join(algorithm, digestHex(digest))
}
