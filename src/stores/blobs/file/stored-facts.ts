import { stat } from 'node:fs/promises'
import type { StoredFacts } from '../blob-store.ts'
import { isNotFound } from './file-errors.ts'

/** A file's length and when it last changed, its name included; undefined when there is no such file. */
export async function factsOfFile(path: string): Promise<StoredFacts | undefined> {
  try {
    const { size, mtimeMs, ctimeMs } = await stat(path)
    return { size, changedAt: new Date(Math.max(mtimeMs, ctimeMs)) }
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
