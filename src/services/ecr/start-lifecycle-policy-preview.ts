import type {
  StartLifecyclePolicyPreviewRequest,
  StartLifecyclePolicyPreviewResponse,
} from '@aws-sdk/client-ecr'
import { startLifecyclePreview } from '../../registry/start-lifecycle-preview.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Begins a preview of what a policy would do: of the text given, or of the policy in force.
 *
 * @see Amazon ECR API reference, StartLifecyclePolicyPreview
 */
export const startLifecyclePolicyPreview: EcrAction<
  StartLifecyclePolicyPreviewRequest,
  StartLifecyclePolicyPreviewResponse
> = {
  operation: 'StartLifecyclePolicyPreview',
  permissions: onRepository('ecr:StartLifecyclePolicyPreview'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const text = await startLifecyclePreview(registry, repository, input.lifecyclePolicyText)
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      status: 'IN_PROGRESS',
    }
  },
}
