import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batchCheckLayerAvailability } from './batch-check-layer-availability.ts'
import { completeLayerUpload } from './complete-layer-upload.ts'
import { createRepository } from './create-repository.ts'
import { getDownloadUrlForLayer } from './get-download-url-for-layer.ts'
import { initiateLayerUpload } from './initiate-layer-upload.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import { pushImage, pushLayer, sampleImage, sha256 } from './testing/sample-image.ts'
import { uploadLayerPart } from './upload-layer-part.ts'

const repositoryName = 'team/app'
const fiveMebibytes = 5 * 1024 * 1024
let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
})
afterEach(() => desk[Symbol.asyncDispose]())

describe('a layer in parts', () => {
  test('is uploaded one part after the other', async () => {
    const content = Buffer.alloc(fiveMebibytes + 3, 'berth')
    const { uploadId = '', partSize } = await desk.ask(initiateLayerUpload, { repositoryName })
    expect(partSize).toBe(10_485_760)
    const echo = { registryId: '111122223333', repositoryName, uploadId }
    const first = content.subarray(0, fiveMebibytes)
    expect(await sendPart(uploadId, 0, first)).toEqual({ ...echo, lastByteReceived: fiveMebibytes - 1 })
    const last = content.subarray(fiveMebibytes)
    expect(await sendPart(uploadId, fiveMebibytes, last)).toEqual({
      ...echo,
      lastByteReceived: fiveMebibytes + 2,
    })
    const layerDigests = [sha256('another'), sha256(content)]
    expect(await desk.ask(completeLayerUpload, { repositoryName, uploadId, layerDigests })).toEqual({
      ...echo,
      layerDigest: sha256(content),
    })
  })

  test('takes no part that leaves a gap or comes twice, and says where to go on', async () => {
    const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
    await sendPart(uploadId, 0, Buffer.from('first'))
    for (const firstByte of [0, 4, 6]) {
      await expect(sendPart(uploadId, firstByte, Buffer.from('more'))).rejects.toMatchObject({
        name: 'InvalidLayerPartError',
        message: `The layer part's first byte '${firstByte}' is not consecutive to the last byte received '4'`,
        members: { registryId: '111122223333', repositoryName, uploadId, lastValidByteReceived: 4 },
      })
    }
  })

  test('takes no part of another size than the request says', async () => {
    const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
    const part = { partFirstByte: 0, partLastByte: 9, layerPartBlob: Buffer.from('short') }
    const refused = desk.ask(uploadLayerPart, { repositoryName, uploadId, ...part })
    await expect(refused).rejects.toMatchObject({ name: 'InvalidLayerPartError' })
    const members = { registryId: '111122223333', repositoryName, uploadId }
    await expect(refused).rejects.toHaveProperty('members', members)
    expect(await sendPart(uploadId, 0, Buffer.from('first'))).toMatchObject({ lastByteReceived: 4 })
  })

  test('is refused with a part in the middle that is too small', async () => {
    const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
    await sendPart(uploadId, 0, Buffer.from('a'))
    await sendPart(uploadId, 1, Buffer.from('b'))
    const layerDigests = [sha256('ab')]
    await expect(desk.ask(completeLayerUpload, { repositoryName, uploadId, layerDigests })).rejects.toThrow(
      'All layer parts except the last part should be at least 5MB',
    )
  })

  test('is refused without any part', async () => {
    const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
    const layerDigests = [sha256('')]
    await expect(desk.ask(completeLayerUpload, { repositoryName, uploadId, layerDigests })).rejects.toThrow(
      `The upload with id '${uploadId}' in the repository with name 'team/app' in registry with id '111122223333' cannot be completed because it does not have any parts`,
    )
  })

  test('is refused under a digest it does not have, and can still be completed', async () => {
    const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
    await sendPart(uploadId, 0, Buffer.from('content'))
    const wrong = { repositoryName, uploadId, layerDigests: [sha256('other')] }
    await expect(desk.ask(completeLayerUpload, wrong)).rejects.toThrow(
      'None of the provided layer digests match the calculated layer digest',
    )
    const right = { ...wrong, layerDigests: [sha256('content')] }
    expect(await desk.ask(completeLayerUpload, right)).toMatchObject({ layerDigest: sha256('content') })
  })

  test('is refused when the repository has it already', async () => {
    await pushLayer(desk, repositoryName, 'content')
    await expect(pushLayer(desk, repositoryName, 'content')).rejects.toMatchObject({
      name: 'LayerAlreadyExistsError',
      message: `The layer with digest '${sha256('content')}' already exists in the repository with name 'team/app' in registry with id '111122223333'`,
    })
  })

  test('belongs to the repository it was started in', async () => {
    await desk.ask(createRepository, { repositoryName: 'other' })
    const { uploadId = '' } = await desk.ask(initiateLayerUpload, { repositoryName })
    const part = { partFirstByte: 0, partLastByte: 0, layerPartBlob: Buffer.from('x') }
    await expect(desk.ask(uploadLayerPart, { repositoryName: 'other', uploadId, ...part })).rejects.toThrow(
      `The upload with id '${uploadId}' does not exist in the repository with name 'other' in registry with id '111122223333'`,
    )
  })

  function sendPart(uploadId: string, partFirstByte: number, layerPartBlob: Buffer) {
    const partLastByte = partFirstByte + layerPartBlob.byteLength - 1
    return desk.ask(uploadLayerPart, { repositoryName, uploadId, partFirstByte, partLastByte, layerPartBlob })
  }
})

test('layers are told to be there, not to be there, or to be none at all', async () => {
  const known = await pushLayer(desk, repositoryName, 'content')
  const layerDigests = [known, sha256('nothing'), 'sha256:abc', 'nonsense', '']
  expect(await desk.ask(batchCheckLayerAvailability, { repositoryName, layerDigests })).toEqual({
    layers: [
      { layerDigest: known, layerAvailability: 'AVAILABLE', layerSize: 7 },
      { layerDigest: sha256('nothing'), layerAvailability: 'UNAVAILABLE' },
      { layerDigest: 'sha256:abc', layerAvailability: 'UNAVAILABLE' },
    ],
    failures: [
      { layerDigest: 'nonsense', failureCode: 'InvalidLayerDigest', failureReason: 'Invalid layer digest' },
      { layerDigest: '', failureCode: 'MissingLayerDigest', failureReason: 'Layer digest is missing' },
    ],
  })
})

test("another repository's layers are not there", async () => {
  await desk.ask(createRepository, { repositoryName: 'other' })
  const layerDigest = await pushLayer(desk, repositoryName, 'content')
  const input = { repositoryName: 'other', layerDigests: [layerDigest] }
  const { layers } = await desk.ask(batchCheckLayerAvailability, input)
  expect(layers).toEqual([{ layerDigest, layerAvailability: 'UNAVAILABLE' }])
  await expect(desk.ask(getDownloadUrlForLayer, { repositoryName: 'other', layerDigest })).rejects.toThrow(
    `The layer with digest '${layerDigest}' does not exist within the repository with name 'other' in the registry with id '111122223333'`,
  )
})

describe('GetDownloadUrlForLayer', () => {
  test('gives a URL whose ticket is for that layer of that repository, for an hour', async () => {
    const image = await pushImage(desk, repositoryName, sampleImage('one'))
    const layerDigest = sha256(image.layer)
    const answer = await desk.ask(getDownloadUrlForLayer, { repositoryName, layerDigest })
    expect(answer.layerDigest).toBe(layerDigest)
    const url = new URL(answer.downloadUrl ?? '')
    expect(url.origin + url.pathname).toBe(`http://localhost:4566/berth/layers/${layerDigest}`)
    const ticket = url.searchParams.get('ticket') ?? ''
    const repository = { account: '111122223333', region: 'us-east-1', name: repositoryName }
    expect(desk.context.tickets.read(ticket)).toEqual({
      state: 'valid',
      repository,
      digest: layerDigest,
      holder: { account: '111122223333', arn: 'arn:aws:iam::111122223333:root', userId: '111122223333' },
    })
    desk.pass(60 * 60 * 1000)
    expect(desk.context.tickets.read(ticket)).toEqual({ state: 'expired' })
  })

  test('gives none for a layer that no image needs', async () => {
    const layerDigest = await pushLayer(desk, repositoryName, 'content')
    await expect(desk.ask(getDownloadUrlForLayer, { repositoryName, layerDigest })).rejects.toThrow(
      `The layer with digest '${layerDigest}' in the repository with name 'team/app' in the registry with id '111122223333' is not associated with an image`,
    )
  })

  test('gives none for a layer that is not there', async () => {
    const layerDigest = sha256('nothing')
    await expect(desk.ask(getDownloadUrlForLayer, { repositoryName, layerDigest })).rejects.toMatchObject({
      name: 'LayerNotFoundError',
    })
  })
})
