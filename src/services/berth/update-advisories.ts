import { updateJob } from '../../core/scanning/advisory-update.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Has the advisories of ecosystems downloaded as soon as a worker is free, in whichever process. */
export const updateAdvisories: BerthAction<'UpdateAdvisories'> = {
  operation: 'UpdateAdvisories',
  permissions: onServer('berth:UpdateAdvisories'),
  async run({ ecosystems }, _call, { registry }) {
    const requestedAt = registry.now()
    await registry.metadata.write(async (tx) => {
      for (const ecosystem of ecosystems) await tx.jobs.add(updateJob(ecosystem), requestedAt)
    })
    return { requestedAt }
  },
}
