import { readFile, stat } from 'node:fs/promises'
import { hasCode } from '../../../core/error-code.ts'
import type { Spot } from '../sql/kysely-metadata.ts'

/** Of Linux: each start of a kernel has another. */
const bootFile = '/proc/sys/kernel/random/boot_id'

/**
 * Where a file is: moved within its filesystem it keeps its inode and the time of its birth, which no copy has; and no two filesystems that one
 * kernel has mounted have the same number.
 */
export async function spotOfFile(file: string): Promise<Spot> {
  const [{ ino, dev, birthtimeNs }, boot] = await Promise.all([stat(file, { bigint: true }), bootId()])
  return {
    id: `${ino}-${birthtimeNs}`,
    run: boot && `${boot}-${dev}`,
    // Some filesystems don't keep it.
    bornAt: birthtimeNs > 0n ? Number(birthtimeNs / 1_000_000n) : undefined,
  }
}

async function bootId(): Promise<string | undefined> {
  try {
    return (await readFile(bootFile, 'utf8')).trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
