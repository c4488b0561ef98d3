import type { SetRepositoryPolicyRequest, SetRepositoryPolicyResponse } from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { InvalidParameterError } from '../../core/errors.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { parseRepositoryPolicy } from '../../core/policies/repository-policy.ts'
import type { ResourcePolicy } from '../../core/policies/resource-policy.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { setRepositoryPolicy as set } from '../../registry/set-repository-policy.ts'
import type { Call } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import type { EcrContext } from './ecr-context.ts'
import { keptPolicy } from './kept-policy.ts'
import { onRepository, repositoryPermission } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Puts a repository's policy in the place of the one before. One that would keep the caller from ever putting another is refused
 * without `force`.
 *
 * @see Amazon ECR API reference, SetRepositoryPolicy
 */
export const setRepositoryPolicy: EcrAction<SetRepositoryPolicyRequest, SetRepositoryPolicyResponse> = {
  operation: 'SetRepositoryPolicy',
  permissions: onRepository('ecr:SetRepositoryPolicy'),
  async run(input, call, context) {
    const repository = requestedRepository(input, call)
    const { registry } = context
    const policy = parseRepositoryPolicy(await keptPolicy(registry, input.policyText))
    await findRepository(registry, repository)
    if (!input.force) await refuseLockOut(repository, policy, call, context)
    await set(registry, repository, policy)
    const policyText = await showPolicy(registry.metadata, policy.text)
    return { registryId: repository.account, repositoryName: repository.name, policyText }
  },
}

/** @throws InvalidParameterError at `PolicyText` */
async function refuseLockOut(
  repository: RepositoryKey,
  { document }: ResourcePolicy,
  { caller: who, surroundings }: Call,
  { authoriser }: EcrContext,
): Promise<void> {
  const permission = repositoryPermission('ecr:SetRepositoryPolicy', repository)
  const proposed = { name: 'the policy proposed', document }
  const { allowed } = await authoriser.decide({ who, permission, surroundings }, proposed)
  if (allowed) return
  throw new InvalidParameterError(
    'PolicyText',
    'The policy would keep you from setting another policy on this repository. Use force to set it nevertheless.',
  )
}
