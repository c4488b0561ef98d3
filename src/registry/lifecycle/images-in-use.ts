import type { Task } from '../../core/ecs/task.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataReader, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { evaluateSoon } from './evaluate-soon.ts'

/** Whether lifecycle policies leave alone what tasks of ECS run. */
export type ImagesInUse = 'PROTECTED' | 'NOT_PROTECTED'

/** Beside ECR's own settings of a registry, which know nothing of it. */
const setting = 'IMAGES_IN_USE'

type Reader = Pick<MetadataReader, 'accountSettings' | 'imageUses'>

/** What a registry does with images that tasks run: not protected until somebody asks for it, since ECR doesn't. */
export async function findImagesInUse(
  { accountSettings }: Pick<Reader, 'accountSettings'>,
  registry: RegistryKey,
): Promise<ImagesInUse> {
  return (await accountSettings.of(registry)).get(setting) === 'PROTECTED' ? 'PROTECTED' : 'NOT_PROTECTED'
}

export async function putImagesInUse(
  tx: MetadataTransaction,
  registry: RegistryKey,
  value: ImagesInUse,
): Promise<void> {
  await tx.accountSettings.put(registry, setting, value)
}

/** The images of a repository that no policy may touch since a task runs them, and each index above them. */
export async function imagesHeldByTasks(
  reader: Reader,
  repository: Repository,
): Promise<ReadonlySet<Digest>> {
  const value = await findImagesInUse(reader, repository)
  return new Set(value === 'PROTECTED' ? await reader.imageUses.running(repository) : [])
}

/** Has policies evaluated that a task held back until now: call it where the task is STOPPED. */
export async function evaluateReleased(
  tx: MetadataTransaction,
  { containers }: Task,
  at: Date,
): Promise<void> {
  for (const { ownImage } of containers) {
    const repository = ownImage && (await tx.repositories.find(ownImage.repository))
    if (repository !== undefined) await evaluateSoon(tx, repository, at)
  }
}
