import { type FileHandle, open } from 'node:fs/promises'

const pieceBytes = 1024 * 1024

/**
 * Writes the log beside a database once more, as it is, and waits until the disk has it. The process before may have ended because a
 * sync failed. Linux takes what it could not write for written then: read back, it looks whole, until the power goes. So what
 * SQLite finds in the log now, and builds upon, must reach the disk first.
 *
 * @param file the database's; nobody may be writing to it
 * @throws what the disk says
 */
export async function rewriteLog(file: string): Promise<void> {
  await using log = await openIfThere(`${file}-wal`)
  if (log === undefined) return
  const piece = Buffer.allocUnsafe(pieceBytes)
  for (let position = 0; ; ) {
    const { bytesRead } = await log.read(piece, 0, pieceBytes, position)
    if (bytesRead === 0) break
    await writeAll(log, piece.subarray(0, bytesRead), position)
    position += bytesRead
  }
  await log.datasync()
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written)
    written += bytesWritten
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
