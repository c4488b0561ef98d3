import { randomUUID } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hasCode } from '../core/error-code.ts'

/**
 * Writes a file that only its owner may read. It is written aside, made durable and renamed: whoever reads it sees the whole
 * text or what was there before, whatever happens in between.
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`
  try {
    await writeDurably(aside, text)
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** The same for a file that isn't there yet. One that is stays as it is, also when it appears meanwhile. */
export async function createPrivateFile(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`
  try {
    await writeDurably(aside, text)
    await link(aside, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(aside, { force: true })
  }
  await syncFolder(dirname(path))
}

async function writeDurably(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600)
  await file.writeFile(text)
  await file.sync()
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}
