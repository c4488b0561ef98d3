import type { Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Disk } from './disk.ts'
import { EarlySync } from './early-sync.ts'
import { GatheringWriter } from './gathering-writer.ts'

/**
 * Streams chunks into a file from `position` on, hashing them in passing, and resolves to where the last one ended.
 * When it rejects nothing is being written any more.
 *
 * @throws SyncFailedError when the disk lost some of the bytes
 */
export async function appendToFile(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  options: { readonly position: number; readonly hash: Hash | undefined; readonly disk: Disk },
): Promise<number> {
  await using writer = new GatheringWriter(file, options.position)
  const earlySync = new EarlySync(file, options)
  for await (const chunk of chunks) {
    options.hash?.update(chunk)
    if (!writer.add(chunk)) continue
    await writer.flush()
    earlySync.reached(writer.position)
  }
  await writer.finish()
  await earlySync.settled()
  return writer.position
}
