import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { blobsOf } from '../../support/test-image.ts'
import { BrokenPromiseError } from './repository-client.ts'
import type { RepositoryState } from './repository-state.ts'

/**
 * Holds the files of a data folder, from which all garbage was removed, against what repositories need: no byte too many, none
 * too few. @throws BrokenPromiseError
 */
export async function expectNoOrphans(dataDir: string, states: readonly RepositoryState[]): Promise<void> {
  const images = states.flatMap((state) => [...(state?.images.values() ?? [])])
  const needed = new Set(images.flatMap(blobsOf).map(({ digest }) => digest))
  const kept = new Set((await filesBelow(join(dataDir, 'blobs'))).map(asDigest))
  const orphans = [
    ...kept.difference(needed),
    ...(await filesBelow(join(dataDir, 'uploads'))),
    ...(await filesBelow(join(dataDir, 'trash'))),
  ]
  const gone = [...needed.difference(kept)]
  if (orphans.length + gone.length > 0) throw new BrokenPromiseError(JSON.stringify({ orphans, gone }))
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}

function asDigest(path: string): string {
  const [hex, , algorithm] = path.split('/').toReversed()
  return `${algorithm}:${hex}`
}
