import type {
  DeregisterPullTimeUpdateExclusionRequest,
  DeregisterPullTimeUpdateExclusionResponse,
} from '@aws-sdk/client-ecr'
import { deregisterPullExclusion } from '../../registry/deregister-pull-exclusion.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/** @see Amazon ECR API reference, DeregisterPullTimeUpdateExclusion */
export const deregisterPullTimeUpdateExclusion: EcrAction<
  DeregisterPullTimeUpdateExclusionRequest,
  DeregisterPullTimeUpdateExclusionResponse
> = {
  operation: 'DeregisterPullTimeUpdateExclusion',
  permissions: onRegistry('ecr:DeregisterPullTimeUpdateExclusion'),
  async run({ principalArn }, call, { registry }) {
    await deregisterPullExclusion(registry, call.registry, principalArn)
    return { principalArn }
  },
}
