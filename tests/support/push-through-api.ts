import {
  CompleteLayerUploadCommand,
  type ECRClient,
  ImageAlreadyExistsException,
  InitiateLayerUploadCommand,
  LayerAlreadyExistsException,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import { blobsOf, type TestBlob, type TestImage } from './test-image.ts'

/** Pushes an image through the JSON API alone. What is there already is no error. */
export async function pushThroughApi(
  ecr: ECRClient,
  repositoryName: string,
  imageTag: string,
  image: TestImage,
): Promise<void> {
  for (const blob of blobsOf(image)) await uploadLayer(ecr, repositoryName, blob)
  const put = new PutImageCommand({ repositoryName, imageTag, imageManifest: image.manifest })
  await unless(ImageAlreadyExistsException, ecr.send(put))
}

/** Uploads one blob in a single part. */
export async function uploadLayer(ecr: ECRClient, repositoryName: string, blob: TestBlob): Promise<void> {
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
  const range = { partFirstByte: 0, partLastByte: blob.content.length - 1 }
  const layerPartBlob = new Uint8Array(blob.content)
  await ecr.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...range, layerPartBlob }))
  const complete = { repositoryName, uploadId, layerDigests: [blob.digest] }
  await unless(LayerAlreadyExistsException, ecr.send(new CompleteLayerUploadCommand(complete)))
}

type ErrorClass = new (...args: never[]) => Error

async function unless(harmless: ErrorClass, answer: Promise<unknown>): Promise<void> {
  try {
    await answer
  } catch (error) {
    if (!(error instanceof harmless)) throw error
  }
}
