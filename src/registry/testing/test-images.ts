import { hash } from 'node:crypto'
import type { Blob } from '../../core/images/blob.ts'
import { type Digest, type DigestAlgorithm, digestOf } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { parseTag } from '../../core/names/tag.ts'
import { finishUpload } from '../finish-upload.ts'
import { type ManifestPut, putManifest } from '../put-manifest.ts'
import type { Registry } from '../registry.ts'
import { startUpload } from '../start-upload.ts'
import { cause } from './test-registry.ts'

export const imageType = 'application/vnd.oci.image.manifest.v1+json'
export const indexType = 'application/vnd.oci.image.index.v1+json'

/** A manifest's exact bytes and their name. */
export interface TestManifest {
  readonly content: Uint8Array
  readonly digest: Digest
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function digestOfBytes(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return digestOf(algorithm, hash(algorithm, bytes, 'hex'))
}

export function textBlob(text: string): Blob {
  const bytes = bytesOf(text)
  return { digest: digestOfBytes(bytes), size: bytes.byteLength }
}

export function manifestOf(document: object): TestManifest {
  const content = bytesOf(JSON.stringify(document))
  return { content, digest: digestOfBytes(content) }
}

/** The manifest of an image whose config and single layer are the blobs of two texts. */
export function imageOf(text: string, members: object = {}): TestManifest {
  return manifestOf({
    schemaVersion: 2,
    mediaType: imageType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...textBlob(`config ${text}`) },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...textBlob(`layer ${text}`) }],
    ...members,
  })
}

export function indexOf(manifests: readonly TestManifest[], members: object = {}): TestManifest {
  const list = manifests.map(({ content, digest }) => ({
    mediaType: imageType,
    digest,
    size: content.byteLength,
  }))
  return manifestOf({ schemaVersion: 2, mediaType: indexType, manifests: list, ...members })
}

/** What a client sends, in pieces of one length. */
export async function* inPieces(bytes: Uint8Array, length = 4): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.byteLength; at += length) yield bytes.subarray(at, at + length)
}

export async function pushBlob(registry: Registry, repository: RepositoryKey, text: string): Promise<Blob> {
  const { id: uploadId } = await startUpload(registry, repository)
  const digests = [textBlob(text).digest]
  const last = { body: inPieces(bytesOf(text)) }
  const { blob } = await finishUpload(registry, { repository, uploadId, digests, last })
  return blob
}

/** Pushes the blobs of `imageOf(text)` and then the manifest, under a tag if one is given. */
export async function pushImage(
  registry: Registry,
  repository: RepositoryKey,
  text: string,
  options: { readonly tag?: string; readonly members?: object } = {},
): Promise<ManifestPut> {
  await pushBlob(registry, repository, `config ${text}`)
  await pushBlob(registry, repository, `layer ${text}`)
  return pushManifest(registry, repository, imageOf(text, options.members), options.tag)
}

export function pushManifest(
  registry: Registry,
  repository: RepositoryKey,
  { content }: TestManifest,
  tag?: string,
): Promise<ManifestPut> {
  return putManifest(registry, { repository, cause, content, tags: tag === undefined ? [] : [parseTag(tag)] })
}
