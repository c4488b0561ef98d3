import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the console is, in a clone or in the package that was made of one. */
export interface ConsoleFolder {
  /** What was built, and is served. */
  readonly built: string
  /** Sources and builder, where they are at hand. */
  readonly clone: string | undefined
}

/** A clone runs its sources, and has them beside what it builds; the package has only what was built, beside the bundle of the command line. */
export function findConsoleFolder(): ConsoleFolder {
  if (!import.meta.filename.endsWith('.ts'))
    return { built: join(import.meta.dirname, '../console'), clone: undefined }
  const root = join(import.meta.dirname, '../../..')
  const canBuild = existsSync(builderOf(root))
  return { built: join(root, 'dist/console'), clone: canBuild ? root : undefined }
}

/** The program that builds. */
export function builderOf(clone: string): string {
  return join(clone, 'node_modules/vite/bin/vite.js')
}

/** Whether what was built is missing, or older than what it is built from. */
export async function mustBeBuilt({ built, clone }: ConsoleFolder): Promise<boolean> {
  const builtAt = await changedAt(join(built, 'index.html'))
  if (builtAt === undefined) return true
  if (clone === undefined) return false
  const sources = join(clone, 'console')
  const names = await readdir(sources, { recursive: true })
  const times = await Promise.all(
    [...names.map((name) => join(sources, name)), join(clone, 'package-lock.json')].map(changedAt),
  )
  return times.some((time) => time !== undefined && time > builtAt)
}

async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
