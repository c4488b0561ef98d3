import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { builderOf } from './console-folder.ts'

const run = promisify(execFile)

/**
 * Builds the console of a clone in a process of its own, aside, and puts it in its place when it is whole.
 *
 * @throws Error with what the builder said
 */
export async function buildConsole(
  clone: string,
  built: string,
  isWanted: () => Promise<boolean>,
): Promise<void> {
  const aside = join(dirname(built), `.console-${randomUUID()}`)
  const config = join(clone, 'console/vite.config.ts')
  try {
    await run(process.execPath, [builderOf(clone), 'build', '--config', config, '--outDir', aside], {
      cwd: clone,
    })
    // Another server of this clone may have been quicker, and serves what it built.
    if (!(await isWanted())) return
    await rm(built, { recursive: true, force: true })
    await rename(aside, built)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
