import type { TaskKey } from '../core/ecs/task.ts'
import { ImageNotFoundError } from '../core/images/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Notes that a container of a task is about to run an image, with the repository held, so that no lifecycle policy takes it away
 * between this and the pull.
 *
 * @throws RepositoryNotFoundError, ImageNotFoundError when it is gone by now
 */
export async function useImage(
  { metadata }: Registry,
  image: { readonly repository: RepositoryKey; readonly digest: Digest },
  by: { readonly task: TaskKey; readonly container: string },
): Promise<void> {
  await metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, image.repository)
    if ((await tx.images.find(id, image.digest)) === undefined) {
      throw new ImageNotFoundError(image.repository, image)
    }
    const task = await tx.tasks.lock(by.task)
    if (task === undefined) return
    const containers = task.containers.map((one) =>
      one.definition.name === by.container ? { ...one, ownImage: image } : one,
    )
    await tx.tasks.put({ ...task, containers })
  })
}
