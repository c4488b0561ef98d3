import { createHash } from 'node:crypto'
import type { Server } from '../peers/server-process.ts'
import { exchange } from './exchange.ts'
import { pushBlob } from './push-blob.ts'
import { RandomBodies, type RandomBody } from './random-body.ts'

/** An image as small as can be that still has a manifest of the usual length (seven layers, 1.5 KB). */
export interface SmallImage {
  readonly blobs: readonly RandomBody[]
  readonly manifest: Buffer
  readonly digest: string
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json'

export function makeSmallImage(): SmallImage {
  return makeImage(new RandomBodies(1024), 7)
}

/** An image of the next `count + 1` of these bodies: its layers and its configuration. */
export function makeImage(bodies: RandomBodies, count: number): SmallImage {
  const layers = Array.from({ length: count }, () => bodies.next())
  const config = bodies.next()
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: descriptor(config, 'application/vnd.oci.image.config.v1+json'),
      layers: layers.map((layer) => descriptor(layer, 'application/vnd.oci.image.layer.v1.tar+gzip')),
    }),
  )
  return { blobs: [config, ...layers], manifest, digest: digestOf(manifest) }
}

/** Pushes every blob, then the manifest under the tag. @throws Error when anything isn't acknowledged */
export async function pushImage(
  server: Server,
  repository: string,
  tag: string,
  image: SmallImage,
): Promise<void> {
  for (const blob of image.blobs) await pushBlob(server, repository, blob, 'put')
  await exchange(
    server,
    {
      method: 'PUT',
      path: `/v2/${repository}/manifests/${tag}`,
      headers: { 'content-type': manifestType, 'content-length': image.manifest.length },
      body: [image.manifest],
    },
    201,
  )
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

function descriptor({ digest, size }: RandomBody, mediaType: string): object {
  return { mediaType, digest, size }
}
