import { parseAccountId } from '../../names/account-id.ts'
import { parseRegion } from '../../names/region.ts'
import type { Task, TaskContainer } from '../task.ts'

/** A task that runs, with a container for each image of this Berth. */
export function sampleTask(
  images: readonly TaskContainer['ownImage'][],
  facts: Partial<Task> & { readonly number?: number } = {},
): Task {
  const { number = 0, ...members } = facts
  return {
    cluster: { account: parseAccountId('000000000000'), region: parseRegion('us-east-1'), name: 'default' },
    id: `${number}`.padStart(32, '0'),
    family: 'web',
    revision: 1,
    networkMode: 'bridge',
    containers: images.map((ownImage, at) => ({
      definition: { name: `c${at}`, image: 'web' },
      status: 'RUNNING',
      bindings: [],
      ...(ownImage && { ownImage }),
    })),
    overrides: [],
    group: 'family:web',
    desired: 'RUNNING',
    status: 'RUNNING',
    version: 1,
    createdAt: 0,
    ...members,
  }
}
