import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Rejects with the system's error unless a file can be written to the folder, durably. Leaves nothing behind. */
export async function checkWritable(folder: string): Promise<void> {
  const path = join(folder, `ready-${randomUUID()}.tmp`)
  try {
    await using file = await open(path, 'wx', 0o600)
    await file.writeFile('ready\n')
    await file.sync()
  } finally {
    await rm(path, { force: true })
  }
}
