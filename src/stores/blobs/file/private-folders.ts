import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it, for their owner alone; their names survive the loss of power.
 *
 * @param sync makes a folder's names durable
 */
export async function makePrivateFolder(path: string, sync = syncFolder): Promise<void> {
  const firstMade = await mkdir(path, { recursive: true, mode: 0o700 })
  if (firstMade === undefined) return
  for (let made = path; made.length >= firstMade.length; made = dirname(made)) await sync(dirname(made))
}

/** Makes what was created in, renamed into or removed from a folder survive the loss of power. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}
