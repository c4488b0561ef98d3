import { findRepository } from '../../registry/find-repository.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'

/** Which images of a repository can't be pulled. */
export const describePullGate: BerthAction<'DescribePullGate'> = {
  operation: 'DescribePullGate',
  permissions: onRepository('berth:DescribePullGate'),
  async run(input, call, { registry }) {
    const { id } = await findRepository(registry, requestedRepository(input, call))
    const gate = await registry.metadata.pullGates.of(id)
    return { severity: gate?.severity, unscannedImages: gate?.unscanned, exemptPrincipals: gate?.exempt }
  },
}
