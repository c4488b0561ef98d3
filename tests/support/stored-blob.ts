import { open } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a data folder has a blob. */
export function pathOfBlob(dataDir: string, digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':')
  return join(dataDir, 'blobs', algorithm, hex.slice(0, 2), hex)
}

/** Alters a file and leaves its length as it is. */
export async function flipByte(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, 10)
  await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 10)
}
