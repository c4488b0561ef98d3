import { describe, expect, test } from 'vitest'
import { LimitExceededError } from '../core/errors.ts'
import { TooManyUploadsError } from '../core/images/upload-errors.ts'
import { appendToUpload } from './append-to-upload.ts'
import { cancelUpload } from './cancel-upload.ts'
import { startUpload } from './start-upload.ts'
import { bytesOf, inPieces } from './testing/test-images.ts'
import { keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'
import { uploadPart } from './upload-part.ts'
import { uploadSize } from './upload-size.ts'

const repository = keyOf('team/app')
const other = keyOf('team/other')
const somebody = 'arn:aws:iam::000000000000:root'

describe('the quota of open uploads', () => {
  test('counts those of one principal in all repositories, from every process', async () => {
    await using world = await openTestRegistry({ quotas: { openUploads: 2 } })
    await makeRepository(world.registry, repository)
    await makeRepository(world.registry, other)
    await using sibling = world.sibling({ cacheTtl: 0 })
    const { id } = await startUpload(world.registry, repository, somebody)
    await startUpload(sibling, other, somebody)
    await expect(startUpload(world.registry, repository, somebody)).rejects.toThrow(
      new TooManyUploadsError(2),
    )
    await expect(
      startUpload(world.registry, repository, 'arn:aws:iam::111111111111:root'),
    ).resolves.toBeDefined()
    await cancelUpload(world.registry, repository, id)
    await expect(startUpload(sibling, repository, somebody)).resolves.toBeDefined()
  })
})

describe('the quotas of a layer', () => {
  test('more parts than allowed are refused, and the upload stays as it was', async () => {
    await using world = await openTestRegistry({ quotas: { layerParts: 2 } })
    await makeRepository(world.registry, repository)
    const { id: uploadId } = await startUpload(world.registry, repository)
    const part = (firstByte: number) =>
      uploadPart(world.registry, { repository, uploadId, firstByte, bytes: bytesOf('part') })
    await part(0)
    await part(4)
    await expect(part(8)).rejects.toThrow(
      new LimitExceededError('The limit of 2 parts per layer upload is reached'),
    )
    expect(await uploadSize(world.registry, repository, uploadId)).toBe(8)
  })

  test('a part that would make it too large is refused', async () => {
    await using world = await openTestRegistry({ quotas: { layerSize: 6 } })
    await makeRepository(world.registry, repository)
    const { id: uploadId } = await startUpload(world.registry, repository)
    const part = { repository, uploadId, firstByte: 0, bytes: bytesOf('seven b') }
    await expect(uploadPart(world.registry, part)).rejects.toThrow(LimitExceededError)
  })

  test('a stream is refused as soon as it is too large, and nothing of it is kept', async () => {
    await using world = await openTestRegistry({ quotas: { layerSize: 6 } })
    await makeRepository(world.registry, repository)
    const { id: uploadId } = await startUpload(world.registry, repository)
    const append = (text: string) =>
      appendToUpload(world.registry, { repository, uploadId, body: inPieces(bytesOf(text)) })
    await append('four')
    await expect(append('and')).rejects.toThrow(LimitExceededError)
    expect(await uploadSize(world.registry, repository, uploadId)).toBe(4)
    expect(await append('!!')).toBe(6)
  })
})
