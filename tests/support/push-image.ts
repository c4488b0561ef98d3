import { locationOf, type RegistryAccess, send, sendExpecting } from './registry-client.ts'
import { blobsOf, type TestBlob, type TestImage } from './test-image.ts'

/** An upload that began and didn't end; it may be gone on with at `location`. */
export class UploadInterruptedError extends Error {
  override readonly name = 'UploadInterruptedError'
  readonly location: string
  readonly blob: TestBlob
  constructor(location: string, blob: TestBlob, options: ErrorOptions) {
    super(`The upload at ${location} was interrupted`, options)
    this.location = location
    this.blob = blob
  }
}

/** Pushes an image the way docker does: every blob that is missing, then the manifest. */
export async function pushImage(
  access: RegistryAccess,
  repository: string,
  reference: string,
  image: TestImage,
): Promise<void> {
  for (const blob of blobsOf(image)) await pushBlob(access, repository, blob)
  await pushManifest(access, repository, reference, image)
}

/** Pushes one blob, unless it is there. @throws UploadInterruptedError for what fails once the upload is there */
export async function pushBlob(access: RegistryAccess, repository: string, blob: TestBlob): Promise<void> {
  const known = await send(access, 'HEAD', `/v2/${repository}/blobs/${blob.digest}`)
  if (known.status === 200) return
  const location = await startUpload(access, repository)
  try {
    const sent = { body: new Uint8Array(blob.content) }
    const appended = await sendExpecting(202, access, 'PATCH', location, sent)
    await finishUpload(access, locationOf(appended), blob)
  } catch (cause) {
    throw new UploadInterruptedError(location, blob, { cause })
  }
}

/** Where the upload's bytes go. */
export async function startUpload(access: RegistryAccess, repository: string): Promise<string> {
  return locationOf(await sendExpecting(202, access, 'POST', `/v2/${repository}/blobs/uploads/`))
}

export async function finishUpload(access: RegistryAccess, location: string, blob: TestBlob): Promise<void> {
  await sendExpecting(201, access, 'PUT', withDigest(location, blob.digest))
}

/** The URL that finishes an upload whose location may have a query already. */
export function withDigest(location: string, digest: string): string {
  return `${location}${location.includes('?') ? '&' : '?'}digest=${digest}`
}

export async function pushManifest(
  access: RegistryAccess,
  repository: string,
  reference: string,
  { manifest, mediaType }: Pick<TestImage, 'manifest' | 'mediaType'>,
): Promise<void> {
  const sent = { headers: { 'content-type': mediaType }, body: manifest }
  await sendExpecting(201, access, 'PUT', `/v2/${repository}/manifests/${reference}`, sent)
}
