import {
  BatchCheckLayerAvailabilityCommand,
  CompleteLayerUploadCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { finishUpload } from '../../../support/push-image.ts'
import { send, sendExpecting } from '../../../support/registry-client.ts'
import { SeededRandom } from '../../../support/seeded-random.ts'
import { blob, digestOf, type TestBlob } from '../../../support/test-image.ts'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'

const repositoryName = 'team/app'
const mebibyte = 1024 * 1024
const layer = blob(new SeededRandom('a layer in parts').bytes(7 * mebibyte))

/** Sends the layer in two parts; the upload is complete then but for its end. */
async function uploadParts({ ecr, create }: Desk): Promise<string> {
  await create(repositoryName)
  const { uploadId = '' } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
  for (const [first, end] of [
    [0, 5 * mebibyte],
    [5 * mebibyte, 7 * mebibyte],
  ] as const) {
    const layerPartBlob = new Uint8Array(layer.content.subarray(first, end))
    const part = { partFirstByte: first, partLastByte: end - 1, layerPartBlob }
    await ecr.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }))
  }
  return uploadId
}

function complete({ ecr }: Desk, uploadId: string) {
  return ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [layer.digest] }))
}

/** The digest of the bytes that docker gets for a layer, or the status of the refusal. */
async function read({ access }: Desk, { digest }: TestBlob): Promise<string | number> {
  const answer = await send(access, 'GET', `/v2/${repositoryName}/blobs/${digest}`)
  return answer.status === 200 ? digestOf(await answer.bytes()) : answer.status
}

export const layerEvidence: EvidenceByOperation = {
  InitiateLayerUpload: real('docker goes on with the upload it began', async (desk) => {
    await desk.create(repositoryName)
    const { uploadId } = await desk.ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
    const location = `/v2/${repositoryName}/blobs/uploads/${uploadId}`
    await sendExpecting(202, desk.access, 'PATCH', location, { body: new Uint8Array(layer.content) })
    await finishUpload(desk.access, location, layer)
    expect(await read(desk, layer)).toBe(layer.digest)
  }),
  UploadLayerPart: real('docker reads the layer that its parts make', async (desk) => {
    await complete(desk, await uploadParts(desk))
    expect(await read(desk, layer)).toBe(layer.digest)
  }),
  CompleteLayerUpload: real('docker reads the layer after it, and not before', async (desk) => {
    const uploadId = await uploadParts(desk)
    expect(await read(desk, layer)).toBe(404)
    await complete(desk, uploadId)
    expect(await read(desk, layer)).toBe(layer.digest)
  }),
  BatchCheckLayerAvailability: enforced('it finds a layer once it is there', async (desk) => {
    const check = async () => {
      const asked = { repositoryName, layerDigests: [layer.digest] }
      return (await desk.ecr.send(new BatchCheckLayerAvailabilityCommand(asked))).layers
    }
    const uploadId = await uploadParts(desk)
    expect(await check()).toMatchObject([{ layerAvailability: 'UNAVAILABLE' }])
    await complete(desk, uploadId)
    expect(await check()).toMatchObject([{ layerAvailability: 'AVAILABLE', layerSize: 7 * mebibyte }])
  }),
  GetDownloadUrlForLayer: real('anybody gets the bytes at the address it gives', async (desk) => {
    await desk.create(repositoryName)
    const { layers } = await desk.push(repositoryName, 'v1')
    const { digest: layerDigest } = layers[0] ?? layer
    const asked = new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest })
    const { downloadUrl = '' } = await desk.ecr.send(asked)
    expect(digestOf(await (await fetch(downloadUrl)).bytes())).toBe(layerDigest)
  }),
}
