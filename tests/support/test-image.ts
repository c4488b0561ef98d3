import { createHash } from 'node:crypto'
import type { SeededRandom } from './seeded-random.ts'

const OCI = 'application/vnd.oci.image'

export interface TestBlob {
  readonly digest: string
  readonly content: Buffer
}

/** An image in memory, as small or as large as a test wants it. */
export interface TestImage {
  readonly digest: string
  /** The manifest's exact text. */
  readonly manifest: string
  readonly mediaType: string
  readonly config: TestBlob
  readonly layers: readonly TestBlob[]
}

/** Config first, as the order of a push doesn't matter to a registry. */
export function blobsOf({ config, layers }: TestImage): readonly TestBlob[] {
  return [config, ...layers]
}

export function digestOf(content: string | Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`
}

/** An OCI image whose layers are random bytes of these sizes: right for a registry, useless to a container engine. */
export function randomImage(random: SeededRandom, layerSizes: readonly number[] = [1_000]): TestImage {
  const layers = layerSizes.map((size) => blob(random.bytes(size)))
  return imageOf({ os: 'linux', architecture: 'amd64', rootfs: diffs(layers), nonce: nonce(random) }, layers)
}

/** An OCI image of a config and of layers that are there already, as in a build that changes only one of them. */
export function imageOf(config: object, layers: readonly TestBlob[]): TestImage {
  const configBlob = blob(Buffer.from(JSON.stringify(config)))
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config: descriptor(`${OCI}.config.v1+json`, configBlob),
    layers: layers.map((layer) => descriptor(`${OCI}.layer.v1.tar+gzip`, layer)),
  })
  const mediaType = `${OCI}.manifest.v1+json`
  return { digest: digestOf(manifest), manifest, mediaType, config: configBlob, layers }
}

export function blob(content: Buffer): TestBlob {
  return { digest: digestOf(content), content }
}

function descriptor(mediaType: string, { digest, content }: TestBlob) {
  return { mediaType, digest, size: content.length }
}

function diffs(layers: readonly TestBlob[]) {
  return { type: 'layers', diff_ids: layers.map((layer) => layer.digest) }
}

function nonce(random: SeededRandom): string {
  return random.bytes(8).toString('hex')
}
