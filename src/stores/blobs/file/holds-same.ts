import { type FileHandle, open } from 'node:fs/promises'

const pieceBytes = 1024 * 1024

/** Whether a file that may be damaged, or gone, holds the bytes of a sound one, which is open and may have lost its name since. */
export async function holdsSame(doubtful: string, sound: FileHandle): Promise<boolean> {
  try {
    await using copy = await open(doubtful)
    return await areSame(copy, sound)
  } catch {
    // A disk that can't give the bytes back has lost them as well.
    return false
  }
}

async function areSame(one: FileHandle, other: FileHandle): Promise<boolean> {
  const [ofOne, ofOther] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)]
  for (let position = 0; ; ) {
    const [read, expected] = await Promise.all([
      one.read(ofOne, 0, pieceBytes, position),
      other.read(ofOther, 0, pieceBytes, position),
    ])
    const piece = ofOne.subarray(0, read.bytesRead)
    if (!piece.equals(ofOther.subarray(0, expected.bytesRead))) return false
    if (piece.length === 0) return true
    position += piece.length
  }
}
