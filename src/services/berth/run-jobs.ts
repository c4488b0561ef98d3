import { InvalidParameterError } from '../../core/errors.ts'
import { runJobsNow } from '../../registry/run-jobs-now.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Has work that would run by itself, later, run now. */
export const runJobs: BerthAction<'RunJobs'> = {
  operation: 'RunJobs',
  permissions: onServer('berth:RunJobs'),
  async run({ kind, key }, _call, { registry, jobKinds }) {
    if (!jobKinds.includes(kind)) throw new InvalidParameterError('kind', `One of ${jobKinds.join(', ')}`)
    const requestedAt = registry.now()
    return { requestedAt, count: await runJobsNow(registry, { kind, key }, requestedAt) }
  },
}
