import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { testUnless } from '../../../tests/support/installed-programs.ts'
import { type TemporaryFolder, temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { mountTmpfs, whyNoTmpfs } from '../../../tests/support/tmpfs.ts'
import { StorageFullError } from '../../core/errors.ts'
import { type Digest, digestHex } from '../../core/names/digest.ts'
import type { BlobStore } from './blob-store.ts'
import { openFileBlobStore } from './file-blob-store.ts'
import { describeBlobStore } from './testing/blob-store-suite.ts'
import { digestOfBytes, inPieces, sampleBytes } from './testing/sample-bytes.ts'

describeBlobStore('blobs in files', async () => {
  const folder = await temporaryFolder()
  const store = await openFileBlobStore({ folder: folder.path })
  return { store, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
})

async function filesIn({ path }: TemporaryFolder): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1)).toSorted()
}

test('a blob lies under its algorithm, the first two digits and its whole name', async () => {
  await using folder = await temporaryFolder()
  const { uploads } = await openFileBlobStore({ folder: folder.path })
  const bytes = sampleBytes(10)
  for (const digest of [digestOfBytes(bytes), digestOfBytes(bytes, 'sha512')]) {
    const id = randomUUID()
    await uploads.start(id)
    await uploads.append(id, inPieces(bytes))
    expect(await filesIn(folder)).toContain(join('uploads', id))
    await uploads.finish(id, [digest])
    const hex = digestHex(digest)
    const path = join('blobs', digest.split(':')[0] ?? '', hex.slice(0, 2), hex)
    expect(await filesIn(folder)).toContain(path)
    expect(bytes.equals(await readFile(join(folder.path, path)))).toBe(true)
  }
  expect(await filesIn(folder)).toHaveLength(2)
})

test('nobody but the owner can look into folders and files', async () => {
  await using folder = await temporaryFolder()
  const { uploads } = await openFileBlobStore({ folder: join(folder.path, 'data') })
  const id = randomUUID()
  await uploads.start(id)
  await uploads.finish(id, [digestOfBytes(Buffer.alloc(0))])
  await uploads.start(id)
  for (const entry of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name))
    expect((mode & 0o777).toString(8)).toBe(entry.isFile() ? '600' : '700')
  }
})

test('an upload goes on after a restart, and still hashes right', async () => {
  await using folder = await temporaryFolder()
  const bytes = sampleBytes(2_000_000)
  const id = randomUUID()
  const before = await openFileBlobStore({ folder: folder.path })
  await before.uploads.start(id)
  await before.uploads.append(id, inPieces(bytes.subarray(0, 1_300_000), [70_000]))

  const { uploads } = await openFileBlobStore({ folder: folder.path })
  expect(await uploads.size(id)).toBe(1_300_000)
  await uploads.append(id, inPieces(bytes.subarray(1_300_000)))
  expect(await uploads.finish(id, [digestOfBytes(bytes)])).toEqual({
    digest: digestOfBytes(bytes),
    size: bytes.length,
  })
})

const linuxTest = testUnless(process.platform !== 'linux' && 'open files are counted in /proc')

linuxTest('a stream that is given up closes its file', async () => {
  await using folder = await temporaryFolder()
  const store = await openFileBlobStore({ folder: folder.path })
  const digest = await putBlob(store, sampleBytes(3_000_000))
  const unread = await store.read(digest)
  const halfRead = await store.read(digest)
  await once(halfRead, 'readable')
  expect(await openFilesIn(folder)).toBe(2)
  for (const stream of [unread, halfRead]) {
    stream.destroy()
    await once(stream, 'close')
  }
  expect(await openFilesIn(folder)).toBe(0)
})

const diskTest = testUnless(await whyNoTmpfs())

diskTest('a full disk is told apart, breaks nothing, and the upload goes on once there is room', async () => {
  await using disk = await mountTmpfs(8 * 1024 * 1024)
  const store = await openFileBlobStore({ folder: disk.path })
  const inTheWay = await putBlob(store, sampleBytes(4_000_000))
  const bytes = sampleBytes(6_000_000, 1)
  const id = randomUUID()
  await store.uploads.start(id)
  await store.uploads.append(id, inPieces(bytes.subarray(0, 1_500_000)))

  const tooMuch = store.uploads.append(id, inPieces(bytes.subarray(1_500_000), [900_000, 2_000_000]))
  await expect(tooMuch).rejects.toThrow(StorageFullError)
  expect(await store.uploads.size(id)).toBe(1_500_000)

  await store.trash.put(inTheWay)
  await store.trash.remove(inTheWay)
  await store.uploads.append(id, inPieces(bytes.subarray(1_500_000)))
  const { digest } = await store.uploads.finish(id, [digestOfBytes(bytes)])
  expect(bytes.equals(await buffer(await store.read(digest)))).toBe(true)
})

async function putBlob({ uploads }: BlobStore, bytes: Uint8Array): Promise<Digest> {
  const id = randomUUID()
  await uploads.start(id)
  await uploads.append(id, inPieces(bytes))
  return (await uploads.finish(id, [digestOfBytes(bytes)])).digest
}

async function openFilesIn({ path }: TemporaryFolder): Promise<number> {
  const handles = await readdir('/proc/self/fd')
  const files = await Promise.allSettled(handles.map((handle) => readlink(join('/proc/self/fd', handle))))
  return files.filter((file) => file.status === 'fulfilled' && file.value.startsWith(path)).length
}
