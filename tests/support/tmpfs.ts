import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { outputOf } from './client.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A folder on a file system of its own, in memory, that holds so many bytes and no more. */
export interface Tmpfs extends AsyncDisposable {
  readonly path: string
  /** Has something else take all space but so many bytes, none unless told. */
  fillUp(leaving?: number): Promise<void>
  /** Takes away what filled it up. */
  makeRoom(): Promise<void>
}

/** Needs root. */
export async function mountTmpfs(bytes: number): Promise<Tmpfs> {
  await using mounting = new AsyncDisposableStack()
  const { path } = mounting.use(await temporaryFolder())
  await outputOf('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path])
  mounting.defer(async () => {
    await outputOf('umount', [path])
  })
  const mounted = mounting.move()
  const filler = join(path, 'filler')
  return {
    path,
    fillUp: (leaving = 0) => fill(filler, { folder: path, leaving }),
    makeRoom: () => rm(filler, { force: true }),
    [Symbol.asyncDispose]: () => mounted.disposeAsync(),
  }
}

/** Why this machine can't mount one, or false when it can. */
export async function whyNoTmpfs(): Promise<string | false> {
  try {
    await using _mounted = await mountTmpfs(65_536)
    return false
  } catch {
    return 'mounting a tmpfs is not allowed'
  }
}

const zeros = Buffer.alloc(1024 * 1024)

async function fill(
  filler: string,
  { folder, leaving }: { readonly folder: string; readonly leaving: number },
): Promise<void> {
  await using file = await open(filler, 'a')
  try {
    for (;;) {
      const { bavail, bsize } = await statfs(folder)
      const surplus = Math.min(bavail * bsize - leaving, zeros.length)
      if (surplus <= 0) return
      await file.write(zeros, 0, surplus)
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
