import { deletePullGate as deleteGate } from '../../registry/findings/change-pull-gate.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'

/** Lets all images of a repository be pulled again. */
export const deletePullGate: BerthAction<'DeletePullGate'> = {
  operation: 'DeletePullGate',
  permissions: onRepository('berth:DeletePullGate'),
  async run(input, call, { registry }) {
    return { deleted: await deleteGate(registry, requestedRepository(input, call)) }
  },
}
