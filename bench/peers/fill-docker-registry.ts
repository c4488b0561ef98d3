import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf } from '../load/push-image.ts'

const inOneGo = 100

/** Writes as many tags into the folder of an empty docker-registry, in the files that its own pushes make. */
export async function fillDockerRegistry(
  folder: string,
  name: string,
  tags: readonly string[],
): Promise<void> {
  const home = join(folder, 'docker/registry/v2/repositories', name, '_manifests/tags')
  for (let first = 0; first < tags.length; first += inOneGo) {
    await Promise.all(tags.slice(first, first + inOneGo).map((tag) => writeTag(join(home, tag, 'current'))))
  }
}

async function writeTag(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'link'), digestOf(Buffer.from(folder)))
}
