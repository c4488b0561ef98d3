import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidRequestError, StorageFullError } from '../core/errors.ts'
import {
  BodyCutShortError,
  DigestMismatchError,
  EmptyUploadError,
  LayerPartTooSmallError,
  UploadNotFoundError,
  UploadOutOfOrderError,
} from '../core/images/upload-errors.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import { appendToUpload } from './append-to-upload.ts'
import { cancelUpload } from './cancel-upload.ts'
import { completeLayerUpload } from './complete-layer-upload.ts'
import { deleteRepository } from './delete-repository.ts'
import { finishUpload } from './finish-upload.ts'
import { readBlob, statBlob } from './read-blob.ts'
import type { Registry } from './registry.ts'
import { startUpload } from './start-upload.ts'
import { type Fault, fillingUp, refusingWrites } from './testing/faulty-stores.ts'
import { bytesOf, digestOfBytes, inPieces, textBlob } from './testing/test-images.ts'
import { keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'
import { uploadPart } from './upload-part.ts'
import { uploadSize } from './upload-size.ts'

const repository = keyOf('team/app')
const text = 'the bytes of a layer'
const { digest } = textBlob(text)

async function openUpload(registry: Registry): Promise<string> {
  await makeRepository(registry, repository)
  return (await startUpload(registry, repository)).id
}

function append(registry: Registry, uploadId: string, part: string, more: object = {}): Promise<number> {
  return appendToUpload(registry, { repository, uploadId, body: inPieces(bytesOf(part)), ...more })
}

async function contentOf(registry: Registry): Promise<string> {
  const chunks = await (await readBlob(registry, repository, digest)).toArray()
  return Buffer.concat(chunks).toString()
}

async function* breakingAfter(part: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytesOf(part)
  throw new Error('socket hang up')
}

/** A client that sends something and then nothing more, without hanging up. */
async function* silentAfter(
  part: string,
  onSilence: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytesOf(part)
  onSilence()
  await new Promise(() => {})
}

describe('an upload', () => {
  test('becomes a blob of its repository, whatever pieces it comes in', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    expect(await uploadSize(registry, repository, uploadId)).toBe(0)
    expect(await append(registry, uploadId, text.slice(0, 5), { firstByte: 0, length: 5 })).toBe(5)
    expect(await append(registry, uploadId, text.slice(5, 9), { firstByte: 5 })).toBe(9)
    expect(await uploadSize(registry, repository, uploadId)).toBe(9)
    const last = { body: inPieces(bytesOf(text.slice(9))), firstByte: 9, length: text.length - 9 }
    const finished = await finishUpload(registry, { repository, uploadId, digests: [digest], last })
    expect(finished).toEqual({ blob: { digest, size: text.length }, known: false })
    expect(await contentOf(registry)).toBe(text)
    await expect(uploadSize(registry, repository, uploadId)).rejects.toThrow(UploadNotFoundError)
  })

  test('may name any of several digests, and sha512', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    const sha512 = digestOfBytes(bytesOf(text), 'sha512')
    const digests = [textBlob('another').digest, sha512]
    const last = { body: inPieces(bytesOf(text)) }
    const { blob } = await finishUpload(world.registry, { repository, uploadId, digests, last })
    expect(blob).toEqual({ digest: sha512, size: text.length })
    expect(await statBlob(world.registry, repository, sha512)).toEqual(blob)
  })

  test('may be empty', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    const empty = textBlob('')
    const finish = { repository, uploadId, digests: [empty.digest] }
    expect(await finishUpload(world.registry, finish)).toEqual({ blob: empty, known: false })
  })

  test('of a blob the repository has is a success that says so', async () => {
    await using world = await openTestRegistry()
    const first = await openUpload(world.registry)
    const second = (await startUpload(world.registry, repository)).id
    for (const [uploadId, known] of [
      [first, false],
      [second, true],
    ] as const) {
      const last = { body: inPieces(bytesOf(text)) }
      const finished = await finishUpload(world.registry, { repository, uploadId, digests: [digest], last })
      expect(finished).toEqual({ blob: { digest, size: text.length }, known })
    }
    expect(await contentOf(world.registry)).toBe(text)
  })

  test('whose bytes are others than named is kept and can be finished under its right name', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    await append(registry, uploadId, text)
    const wrong = { repository, uploadId, digests: [textBlob('another').digest] }
    await expect(finishUpload(registry, wrong)).rejects.toThrow(DigestMismatchError)
    await expect(finishUpload(registry, { ...wrong, digests: [] })).rejects.toThrow(DigestMismatchError)
    expect(await uploadSize(registry, repository, uploadId)).toBe(text.length)
    await finishUpload(registry, { repository, uploadId, digests: [digest] })
    expect(await contentOf(registry)).toBe(text)
  })

  test('that is cancelled is gone', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    await append(registry, uploadId, text)
    await cancelUpload(registry, repository, uploadId)
    const gone = new UploadNotFoundError(repository, uploadId)
    await expect(append(registry, uploadId, text)).rejects.toThrow(gone)
    await expect(finishUpload(registry, { repository, uploadId, digests: [digest] })).rejects.toThrow(gone)
    await expect(cancelUpload(registry, repository, uploadId)).rejects.toThrow(gone)
  })

  test('goes with its repository, also when the name is used again', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    await append(registry, uploadId, text)
    await deleteRepository(registry, repository, { images: 'refuse' })
    const finish = { repository, uploadId, digests: [digest] }
    await expect(finishUpload(registry, finish)).rejects.toThrow(RepositoryNotFoundError)
    await makeRepository(registry, repository)
    await expect(finishUpload(registry, finish)).rejects.toThrow(UploadNotFoundError)
  })

  test('into a repository that does not exist is refused', async () => {
    await using world = await openTestRegistry()
    await expect(startUpload(world.registry, repository)).rejects.toThrow(
      new RepositoryNotFoundError(repository),
    )
  })
})

describe('bytes for an upload', () => {
  test('must start where it stands', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    await append(world.registry, uploadId, text.slice(0, 5))
    for (const firstByte of [0, 4, 6, 5_000]) {
      const late = append(world.registry, uploadId, 'x', { firstByte })
      await expect(late).rejects.toThrow(new UploadOutOfOrderError(firstByte, 5))
      await expect(late).rejects.toMatchObject({ received: 5 })
    }
    expect(await append(world.registry, uploadId, text.slice(5), { firstByte: 5 })).toBe(text.length)
  })

  test('that break off are kept, and the upload goes on behind them', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    const broken = appendToUpload(registry, { repository, uploadId, body: breakingAfter(text.slice(0, 7)) })
    await expect(broken).rejects.toThrow(new BodyCutShortError())
    await expect(broken).rejects.toMatchObject({ cause: new Error('socket hang up') })
    expect(await uploadSize(registry, repository, uploadId)).toBe(7)
    const last = { firstByte: 7, body: inPieces(bytesOf(text.slice(7))) }
    await finishUpload(registry, { repository, uploadId, digests: [digest], last })
    expect(await contentOf(registry)).toBe(text)
  })

  test('that end before the length they were to have are kept', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    const short = append(world.registry, uploadId, text.slice(0, 7), { length: 8 })
    await expect(short).rejects.toThrow(BodyCutShortError)
    expect(await uploadSize(world.registry, repository, uploadId)).toBe(7)
  })

  test('that are more than they were to be are refused whole', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    await append(world.registry, uploadId, text.slice(0, 3))
    const long = append(world.registry, uploadId, text.slice(3), { length: text.length - 4 })
    await expect(long).rejects.toThrow(InvalidRequestError)
    expect(await uploadSize(world.registry, repository, uploadId)).toBe(3)
  })

  test('whose client goes away while the server waits for them are kept', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    const leaving = new AbortController()
    const silence = Promise.withResolvers<void>()
    const body = silentAfter(text.slice(0, 6), silence.resolve)
    const waiting = appendToUpload(registry, { repository, uploadId, body, signal: leaving.signal })
    await silence.promise
    leaving.abort()
    await expect(waiting).rejects.toThrow(BodyCutShortError)
    expect(await append(registry, uploadId, text.slice(6), { firstByte: 6 })).toBe(text.length)
  })

  test('from two requests at once do not mix', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    const racing = [0, 1].map(() => append(world.registry, uploadId, text, { firstByte: 0 }))
    const outcomes = await Promise.allSettled(racing)
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await finishUpload(world.registry, { repository, uploadId, digests: [digest] })
    expect(await contentOf(world.registry)).toBe(text)
  })

  test('that fill the disk are refused by name, and the upload goes on when there is room again', async () => {
    const fault: Fault = { on: false }
    await using world = await openTestRegistry({ blobs: (store) => fillingUp(store, fault) })
    const uploadId = await openUpload(world.registry)
    fault.on = true
    await expect(append(world.registry, uploadId, text)).rejects.toThrow(StorageFullError)
    fault.on = false
    const firstByte = await uploadSize(world.registry, repository, uploadId)
    expect(await append(world.registry, uploadId, text.slice(firstByte), { firstByte })).toBe(text.length)
  })
})

describe('the id of an upload', () => {
  test('of another repository is unknown here', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    for (const other of [keyOf('team/other'), keyOf('team/app', '111122223333')]) {
      await makeRepository(registry, other)
      const unknown = new UploadNotFoundError(other, uploadId)
      const body = inPieces(bytesOf(text))
      await expect(appendToUpload(registry, { repository: other, uploadId, body })).rejects.toThrow(unknown)
      await expect(uploadSize(registry, other, uploadId)).rejects.toThrow(unknown)
      await expect(cancelUpload(registry, other, uploadId)).rejects.toThrow(unknown)
    }
    expect(await uploadSize(registry, repository, uploadId)).toBe(0)
  })

  test('may be any text, and is then unknown', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const known = await openUpload(registry)
    const hostile = fc.constantFrom(
      '../../berth.db',
      '..',
      '',
      '\0',
      `${known}\0`,
      `../uploads/${known}`,
      known.toUpperCase(),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), hostile, fc.uuid()), async (uploadId) => {
        const unknown = new UploadNotFoundError(repository, uploadId)
        await expect(uploadSize(registry, repository, uploadId)).rejects.toThrow(unknown)
        await expect(cancelUpload(registry, repository, uploadId)).rejects.toThrow(unknown)
      }),
    )
    expect(await uploadSize(registry, repository, known)).toBe(0)
  })
})

describe('the parts of an upload', () => {
  const fiveMebibytes = 5 * 1024 * 1024

  function part(registry: Registry, uploadId: string, firstByte: number, bytes: Uint8Array): Promise<number> {
    return uploadPart(registry, { repository, uploadId, firstByte, bytes })
  }

  test('make a layer', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const uploadId = await openUpload(registry)
    const layer = Buffer.alloc(fiveMebibytes + 3, 'layer ')
    expect(await part(registry, uploadId, 0, layer.subarray(0, fiveMebibytes))).toBe(fiveMebibytes - 1)
    expect(await part(registry, uploadId, fiveMebibytes, layer.subarray(fiveMebibytes))).toBe(
      fiveMebibytes + 2,
    )
    const digests = [digestOfBytes(layer)]
    const { blob, known } = await completeLayerUpload(registry, { repository, uploadId, digests })
    expect({ blob, known }).toEqual({ blob: { digest: digests[0], size: layer.length }, known: false })
  })

  test('come in order', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    await part(world.registry, uploadId, 0, bytesOf('abc'))
    for (const firstByte of [0, 2, 4]) {
      const late = part(world.registry, uploadId, firstByte, bytesOf('def'))
      await expect(late).rejects.toThrow(new UploadOutOfOrderError(firstByte, 3))
    }
  })

  test('have at least 5 MiB each but the last', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    await part(world.registry, uploadId, 0, bytesOf('abc'))
    await part(world.registry, uploadId, 3, bytesOf('def'))
    const complete = { repository, uploadId, digests: [textBlob('abcdef').digest] }
    await expect(completeLayerUpload(world.registry, complete)).rejects.toThrow(LayerPartTooSmallError)
  })

  test('make no layer when there are none, or when they are another layer', async () => {
    await using world = await openTestRegistry()
    const uploadId = await openUpload(world.registry)
    const complete = { repository, uploadId, digests: [digest] }
    await expect(completeLayerUpload(world.registry, complete)).rejects.toThrow(
      new EmptyUploadError(repository, uploadId),
    )
    await part(world.registry, uploadId, 0, bytesOf('another'))
    await expect(completeLayerUpload(world.registry, complete)).rejects.toThrow(DigestMismatchError)
  })

  test.each([
    ['the disk fills up', 'blobs'],
    ['its arrival cannot be noted', 'metadata'],
  ] as const)('count whole or not at all: when %s, nothing of the part is kept', async (_, where) => {
    const fault: Fault = { on: false }
    await using world = await openTestRegistry(
      where === 'blobs'
        ? { blobs: (store) => fillingUp(store, fault) }
        : { metadata: (store) => refusingWrites(store, fault) },
    )
    const { registry } = world
    const uploadId = await openUpload(registry)
    await part(registry, uploadId, 0, Buffer.alloc(fiveMebibytes))
    fault.on = true
    await expect(part(registry, uploadId, fiveMebibytes, bytesOf('abc'))).rejects.toThrow(StorageFullError)
    fault.on = false
    expect(await uploadSize(registry, repository, uploadId)).toBe(fiveMebibytes)
    expect(await part(registry, uploadId, fiveMebibytes, bytesOf('d'))).toBe(fiveMebibytes)
  })
})
