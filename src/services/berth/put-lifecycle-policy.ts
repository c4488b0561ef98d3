import { putLifecyclePolicy as put } from '../../registry/put-lifecycle-policy.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'

/** Puts a lifecycle policy in Berth's language. */
export const putLifecyclePolicy: BerthAction<'PutLifecyclePolicy'> = {
  operation: 'PutLifecyclePolicy',
  permissions: onRepository('berth:PutLifecyclePolicy', 'ecr:PutLifecyclePolicy'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const policy = { text: input.lifecyclePolicyText, language: 'berth' } as const
    return { lifecyclePolicyText: await put(registry, repository, policy) }
  },
}
