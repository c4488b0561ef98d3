import { createHash } from 'node:crypto'
import { completeLayerUpload } from '../complete-layer-upload.ts'
import { initiateLayerUpload } from '../initiate-layer-upload.ts'
import { putImage } from '../put-image.ts'
import { uploadLayerPart } from '../upload-layer-part.ts'
import type { EcrDesk } from './ecr-desk.ts'

export const imageType = 'application/vnd.oci.image.manifest.v1+json'
export const indexType = 'application/vnd.oci.image.index.v1+json'
export const configType = 'application/vnd.oci.image.config.v1+json'
const layerType = 'application/vnd.oci.image.layer.v1.tar'

export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** An image of one config and one layer, both told from others by `text`. */
export interface SampleImage {
  readonly config: string
  readonly layer: string
  readonly manifest: string
  readonly digest: string
}

export function sampleImage(text: string, members: object = {}): SampleImage {
  const [config, layer] = [JSON.stringify({ os: 'linux', text }), `layer ${text}`]
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: imageType,
    config: descriptor(configType, config),
    layers: [descriptor(layerType, layer)],
    ...members,
  })
  return { config, layer, manifest, digest: sha256(manifest) }
}

/** The manifest of an index that lists these images. */
export function sampleIndex(images: readonly SampleImage[]): string {
  const manifests = images.map(({ manifest }) => descriptor(imageType, manifest))
  return JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })
}

export function descriptor(mediaType: string, content: string) {
  return { mediaType, digest: sha256(content), size: Buffer.byteLength(content) }
}

/** Uploads some bytes as a layer, in one part. */
export async function pushLayer(desk: EcrDesk, repositoryName: string, content: string): Promise<string> {
  const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
  const layerPartBlob = Buffer.from(content)
  const part = { partFirstByte: 0, partLastByte: layerPartBlob.byteLength - 1, layerPartBlob }
  await desk.ask(uploadLayerPart, { repositoryName, uploadId, ...part })
  const { layerDigest = '' } = await desk.ask(completeLayerUpload, {
    repositoryName,
    uploadId,
    layerDigests: [sha256(content)],
  })
  return layerDigest
}

/** Pushes a new image with its layers and resolves to it. */
export async function pushImage(
  desk: EcrDesk,
  repositoryName: string,
  image: SampleImage,
  imageTag?: string,
): Promise<SampleImage> {
  await pushLayer(desk, repositoryName, image.config)
  await pushLayer(desk, repositoryName, image.layer)
  await desk.ask(putImage, {
    repositoryName,
    imageManifest: image.manifest,
    ...(imageTag !== undefined && { imageTag }),
  })
  return image
}
