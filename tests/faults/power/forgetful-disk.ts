import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { outputOf } from '../../support/client.ts'
import { installationsOf } from '../../support/installed-programs.ts'

const database = 'metadata.db'

/**
 * The disk below the database of a data folder. It knows what would be left after a power cut, and can refuse to keep what it was
 * given: once, as Linux does it, which takes the lost pages for written from then on.
 */
export interface ForgetfulDisk {
  /** For the process whose disk it is. */
  readonly env: Readonly<Record<string, string>>
  /** Has the so-manieth sync of the log or of the database itself fail. */
  failSync(of: 'metadata.db-wal' | 'metadata.db', passage: number): Promise<void>
  /** Takes back an order to fail that has not come to pass. */
  keepOn(): Promise<void>
  /** Takes the files, of which nobody may have any open, for what the disk keeps: somebody else has written to them. */
  adopt(): Promise<void>
  /** Leaves of the files, of which nobody may have any open, what the disk had kept. */
  cutPower(): Promise<void>
}

/** Why there can be none on this machine, or false when there can. */
export function whyNoForgetfulDisk(): string | false {
  if (process.platform !== 'linux') return 'LD_PRELOAD needs Linux'
  return installationsOf('gcc').length === 0 && 'gcc is not installed'
}

/** @param folder of its own, for what the disk keeps */
export async function openForgetfulDisk(folder: string, dataDir: string): Promise<ForgetfulDisk> {
  const [library, kept] = [join(folder, 'forgetful-disk.so'), join(folder, 'kept')]
  const order = join(folder, 'fail')
  await mkdir(kept, { recursive: true })
  const source = join(import.meta.dirname, 'forgetful-disk.c')
  await outputOf('gcc', ['-O1', '-Wall', '-Werror', '-shared', '-fPIC', '-o', library, source, '-ldl'])
  const files = join(dataDir, database)
  return {
    env: {
      LD_PRELOAD: library,
      FORGETFUL_DISK_FILES: files,
      FORGETFUL_DISK_FOLDER: kept,
      FORGETFUL_DISK_ORDER: order,
    },
    failSync: (of, passage) => writeFile(order, `${of} ${passage}`),
    keepOn: () => rm(order, { force: true }),
    async adopt() {
      await rm(kept, { recursive: true, force: true })
      await mkdir(kept)
      for (const name of [database, `${database}-wal`])
        if (existsSync(join(dataDir, name))) await copyFile(join(dataDir, name), join(kept, name))
    },
    async cutPower() {
      for (const name of await readdir(kept)) if (name.endsWith('.dirty')) await rm(join(kept, name))
      for (const name of [database, `${database}-wal`, `${database}-shm`])
        await rm(join(dataDir, name), { force: true })
      for (const name of await readdir(kept)) await copyFile(join(kept, name), join(dataDir, name))
    },
  }
}
