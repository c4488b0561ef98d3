import type {
  RegisterPullTimeUpdateExclusionRequest,
  RegisterPullTimeUpdateExclusionResponse,
} from '@aws-sdk/client-ecr'
import { registerPullExclusion } from '../../registry/register-pull-exclusion.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/** @see Amazon ECR API reference, RegisterPullTimeUpdateExclusion */
export const registerPullTimeUpdateExclusion: EcrAction<
  RegisterPullTimeUpdateExclusionRequest,
  RegisterPullTimeUpdateExclusionResponse
> = {
  operation: 'RegisterPullTimeUpdateExclusion',
  permissions: onRegistry('ecr:RegisterPullTimeUpdateExclusion'),
  async run({ principalArn }, call, { registry }) {
    return { principalArn, createdAt: await registerPullExclusion(registry, call.registry, principalArn) }
  },
}
