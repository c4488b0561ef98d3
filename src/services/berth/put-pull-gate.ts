import { putPullGate as putGate } from '../../registry/findings/change-pull-gate.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'

/** Sets which images of a repository can't be pulled. */
export const putPullGate: BerthAction<'PutPullGate'> = {
  operation: 'PutPullGate',
  permissions: onRepository('berth:PutPullGate'),
  async run(input, call, { registry }) {
    const { severity, unscannedImages = 'REFUSE', exemptPrincipals = [] } = input
    const gate = { severity, unscanned: unscannedImages, exempt: exemptPrincipals }
    await putGate(registry, requestedRepository(input, call), gate)
    return { severity, unscannedImages, exemptPrincipals }
  },
}
