import { repositoryArn } from '../names/arn.ts'
import type { RegistryKey, RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { berthSource } from './extra-events.ts'

type PolicyAction = 'PUT' | 'DELETE'

/** The policy of a repository, or its lifecycle policy, was put or deleted. An extra. */
export function repositoryPolicyChanged(
  repository: RepositoryKey,
  type: 'REPOSITORY' | 'LIFECYCLE',
  action: PolicyAction,
): Occurrence {
  return {
    ...policyChanged(repository, { type, action, 'repository-name': repository.name }),
    resources: [repositoryArn(repository)],
  }
}

/** The policy of a registry was put or deleted. An extra. */
export function registryPolicyChanged(registry: RegistryKey, action: PolicyAction): Occurrence {
  return policyChanged(registry, { type: 'REGISTRY', action })
}

function policyChanged(
  { account, region }: RegistryKey,
  {
    type,
    action,
    ...names
  }: {
    readonly type: string
    readonly action: PolicyAction
    readonly 'repository-name'?: string
  },
): Occurrence {
  return {
    registry: { account, region },
    extra: 'policy',
    source: berthSource,
    detailType: 'Berth Policy Action',
    resources: [],
    detail: { result: 'SUCCESS', 'action-type': action, 'policy-type': type, ...names },
  }
}
