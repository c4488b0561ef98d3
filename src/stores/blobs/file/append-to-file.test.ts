import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../tests/support/temporary-folder.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { sampleBytes } from '../testing/sample-bytes.ts'
import { appendToFile } from './append-to-file.ts'
import { SyncFailedError } from './disk.ts'

test('that the disk lost bytes is told before anything else that went wrong', async () => {
  await using folder = await temporaryFolder()
  await using file = await open(join(folder.path, 'upload'), 'w')
  const options = { position: 0, hash: undefined, disk: new BrokenDisk() }
  const appended = appendToFile(file, enoughToSendTheDiskAhead(), options)
  await expect(appended).rejects.toThrow(SyncFailedError)
})

async function* enoughToSendTheDiskAhead(): AsyncGenerator<Uint8Array, void, undefined> {
  for (let pieces = 0; pieces < 20; pieces += 1) yield sampleBytes(1_000_000)
  throw new Error('something else')
}
