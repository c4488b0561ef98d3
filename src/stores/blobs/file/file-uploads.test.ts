import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../tests/support/temporary-folder.ts'
import { UploadMissingError } from '../blob-store.ts'
import { digestOfBytes, inPieces, sampleBytes } from '../testing/sample-bytes.ts'
import { BlobLayout } from './blob-layout.ts'
import { Disk, SyncFailedError } from './disk.ts'
import { systemOperations } from './disk-operations.ts'
import { FileUploads } from './file-uploads.ts'
import { makePrivateFolder } from './private-folders.ts'

/** A disk that keeps nothing. */
class BrokenDisk extends Disk {
  override sync(): Promise<void> {
    return super.sync({ datasync: () => Promise.reject(new Error('EIO')) })
  }

  override syncEarly(): Promise<void> | undefined {
    return super.syncEarly({ datasync: () => Promise.reject(new Error('EIO')) })
  }
}

async function openUploads(folder: string, disk: Disk = new BrokenDisk()): Promise<FileUploads> {
  const layout = new BlobLayout(folder)
  await makePrivateFolder(layout.uploads)
  return new FileUploads(layout, disk)
}

test('an upload whose bytes the disk lost is gone, for a second try would seem to work', async () => {
  await using folder = await temporaryFolder()
  const uploads = await openUploads(folder.path)
  const id = randomUUID()
  const bytes = sampleBytes(1000)
  await uploads.start(id)
  await uploads.append(id, inPieces(bytes))
  await expect(uploads.finish(id, [digestOfBytes(bytes)])).rejects.toThrow(SyncFailedError)
  expect(await uploads.size(id)).toBeUndefined()
})

test('so is one whose bytes it lost while more were coming', async () => {
  await using folder = await temporaryFolder()
  const uploads = await openUploads(folder.path)
  const id = randomUUID()
  await uploads.start(id)
  const enoughToSendTheDiskAhead = sampleBytes(20_000_000)
  await expect(uploads.append(id, inPieces(enoughToSendTheDiskAhead))).rejects.toThrow(SyncFailedError)
  expect(await uploads.size(id)).toBeUndefined()
})

test('one that another process removes just before it would become a blob is missing', async () => {
  await using folder = await temporaryFolder()
  const removeFirst = async (from: string, to: string) => {
    await systemOperations.remove(from)
    await systemOperations.rename(from, to)
  }
  const uploads = await openUploads(folder.path, new Disk({ ...systemOperations, rename: removeFirst }))
  const id = randomUUID()
  const bytes = sampleBytes(1000)
  await uploads.start(id)
  await uploads.append(id, inPieces(bytes))
  await expect(uploads.finish(id, [digestOfBytes(bytes)])).rejects.toThrow(UploadMissingError)
})
