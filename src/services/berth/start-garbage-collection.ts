import { garbageJob } from '../../core/work/job-names.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Has garbage collection run as soon as a worker is free, in whichever process. */
export const startGarbageCollection: BerthAction<'StartGarbageCollection'> = {
  operation: 'StartGarbageCollection',
  permissions: onServer('berth:StartGarbageCollection'),
  async run(_input, _call, { registry }) {
    const requestedAt = registry.now()
    await registry.metadata.write((tx) => tx.jobs.add(garbageJob, requestedAt))
    return { requestedAt }
  },
}
