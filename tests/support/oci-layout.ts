import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { SeededRandom } from './seeded-random.ts'
import { blob, blobsOf, digestOf, imageOf, type TestBlob, type TestImage } from './test-image.ts'

export const indexType = 'application/vnd.oci.image.index.v1+json'

/** Writes an index of two images, for amd64 and arm64, as an OCI layout with the tag `v1`; resolves to the index's digest. */
export async function writeMultiArchLayout(
  folder: string,
  random: SeededRandom,
  layerSizes: readonly number[],
): Promise<string> {
  const images = ['amd64', 'arm64'].map((architecture) => ({
    architecture,
    ...gzippedImage(architecture, random, layerSizes),
  }))
  const manifests = images.map(({ architecture, digest, manifest, mediaType }) => {
    const platform = { os: 'linux', architecture }
    return { mediaType, digest, size: manifest.length, platform }
  })
  const index = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })
  const blobs = images.flatMap((image) => [blob(Buffer.from(image.manifest)), ...blobsOf(image)])
  return writeLayout(folder, index, blobs)
}

/** Writes an OCI layout whose one entry is an index with the tag `v1`; resolves to the index's digest. */
export async function writeLayout(
  folder: string,
  index: string,
  blobs: readonly TestBlob[],
): Promise<string> {
  await mkdir(join(folder, 'blobs/sha256'), { recursive: true })
  for (const { digest, content } of [...blobs, blob(Buffer.from(index))])
    await writeFile(join(folder, 'blobs', digest.replace(':', '/')), content)
  const annotations = { 'org.opencontainers.image.ref.name': 'v1' }
  const entry = { mediaType: indexType, digest: digestOf(index), size: index.length, annotations }
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }))
  return entry.digest
}

/** Layers that are what their type says: a client that finds them uncompressed would compress, and so change them. */
function gzippedImage(architecture: string, random: SeededRandom, layerSizes: readonly number[]): TestImage {
  const contents = layerSizes.map((size) => random.bytes(size))
  const rootfs = { type: 'layers', diff_ids: contents.map((content) => digestOf(content)) }
  const layers = contents.map((content) => blob(gzipSync(content)))
  return imageOf({ os: 'linux', architecture, rootfs }, layers)
}
