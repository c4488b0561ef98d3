import { access, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode } from '../../src/core/error-code.ts'

/** The files of a machine that `berth trust` changes, all below `root`: `/` but in tests. */
export class Machine {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** What a file holds; undefined when it isn't there. */
  async read(path: string): Promise<string | undefined> {
    return ignoring('ENOENT', () => readFile(this.#at(path), 'utf8'))
  }

  async exists(path: string): Promise<boolean> {
    return access(this.#at(path)).then(
      () => true,
      () => false,
    )
  }

  /** Names in a folder; none when it isn't there. */
  async list(folder: string): Promise<readonly string[]> {
    return (await ignoring('ENOENT', () => readdir(this.#at(folder)))) ?? []
  }

  /** Writes over what is there, in place: a hosts file may be a mount, which can't be renamed over. Everybody may read it. */
  async write(path: string, text: string): Promise<void> {
    await writeFile(this.#at(path), text, { mode: 0o644, flush: true })
  }

  /** Makes a folder that everybody may look into, below one that is there. */
  async makeFolder(path: string): Promise<void> {
    await ignoring('EEXIST', () => mkdir(this.#at(path), { mode: 0o755 }))
  }

  async remove(path: string): Promise<void> {
    await rm(this.#at(path), { force: true })
  }

  /** Removes a folder, unless somebody has put something into it. */
  async removeEmptyFolder(path: string): Promise<void> {
    await ignoring('ENOTEMPTY', () => ignoring('ENOENT', () => rmdir(this.#at(path))))
  }

  /** The folders down to and with this one that aren't there yet, outermost first. */
  async missingFolders(path: string): Promise<readonly string[]> {
    if (path === dirname(path) || (await this.exists(path))) return []
    return [...(await this.missingFolders(dirname(path))), path]
  }

  #at(path: string): string {
    return join(this.#root, path)
  }
}

async function ignoring<T>(code: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (hasCode(error, code)) return undefined
    throw error
  }
}
