import { refused, type SeenText } from './seen-text.ts'
import { app, nowhere, ours, type TextWorld } from './text-world.ts'

/** Sends parts of these sizes, and completes the upload under a digest that nothing has. */
async function upload({ call, refusal }: TextWorld, sizes: readonly number[]): Promise<string> {
  const { uploadId } = await call('InitiateLayerUpload', { repositoryName: app })
  let partFirstByte = 0
  for (const size of sizes) {
    const layerPartBlob = Buffer.alloc(size).toString('base64')
    const partLastByte = partFirstByte + size - 1
    await call('UploadLayerPart', {
      repositoryName: app,
      uploadId,
      partFirstByte,
      partLastByte,
      layerPartBlob,
    })
    partFirstByte += size
  }
  const text = await refusal('CompleteLayerUpload', {
    repositoryName: app,
    uploadId,
    layerDigests: [nowhere],
  })
  return text.replace(String(uploadId), 'THE-UPLOAD')
}

/** What is said about layers and their uploads. */
export const layerTexts: readonly SeenText[] = [
  {
    when: 'a layer hashes to none of the digests given',
    expected: 'InvalidLayerException: None of the provided layer digests match the calculated layer digest',
    provoke: (world) => upload(world, [10]),
  },
  {
    when: 'a part in the middle is too small',
    expected: 'LayerPartTooSmallException: All layer parts except the last part should be at least 5MB',
    provoke: (world) => upload(world, [10, 10]),
  },
  {
    when: 'an upload has no parts',
    expected: `EmptyUploadException: The upload with id 'THE-UPLOAD' in the repository with name '${app}' in registry with id '${ours}' cannot be completed because it does not have any parts`,
    provoke: (world) => upload(world, []),
  },
  refused(
    'a layer to download is missing',
    'GetDownloadUrlForLayer',
    { repositoryName: app, layerDigest: nowhere },
    `LayersNotFoundException: The layer with digest '${nowhere}' does not exist within the repository with name '${app}' in the registry with id '${ours}'`,
  ),
]
