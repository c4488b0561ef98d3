import type { TaskWork } from '../../containers/task-work.ts'
import type { Log } from '../../observability/log.ts'
import type { JobKind } from '../job-kind.ts'

/** Removes images from the engine that tasks of ECS don't need any more. What that takes is loaded with the first task. */
export function removeTaskImagesKind(open: () => Promise<TaskWork>, log: Log): JobKind {
  return {
    name: 'remove-task-images',
    async run({ signal }) {
      const { removeImages } = await import('../../containers/remove-images.ts')
      const { removed, nextAt } = await removeImages(await open(), signal)
      if (removed.length > 0) log.info({ removed }, 'Images that no task needs were removed from the engine')
      return nextAt
    },
  }
}
