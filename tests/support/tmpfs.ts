import { outputOf } from './client.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A folder on a file system of its own, in memory, that holds so many bytes and no more. Needs root. */
export async function mountTmpfs(bytes: number): Promise<{ readonly path: string } & AsyncDisposable> {
  await using mounting = new AsyncDisposableStack()
  const { path } = mounting.use(await temporaryFolder())
  await outputOf('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path])
  mounting.defer(async () => {
    await outputOf('umount', [path])
  })
  const mounted = mounting.move()
  return { path, [Symbol.asyncDispose]: () => mounted.disposeAsync() }
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
