import { creationPermissions } from '../../access/creation-permissions.ts'
import { makePlannedRepository } from '../../registry/make-planned-repository.ts'
import { planRepository } from '../../registry/plan-repository.ts'
import { permit } from '../permit.ts'
import type { OciContext, RepositoryEndpoint, RepositoryRequest } from './endpoint.ts'

/**
 * Has a push begin in a repository that isn't there: it is made, if a template is for it and the caller may create it.
 *
 * @see Amazon ECR user guide, "Create on push"
 */
export function createOnPush(endpoint: RepositoryEndpoint): RepositoryEndpoint {
  return {
    permissions: endpoint.permissions,
    async answer(request, context) {
      await makeIfPlanned(request, context)
      return endpoint.answer(request, context)
    },
  }
}

async function makeIfPlanned(
  { http: { notes }, caller: who, surroundings, repository }: RepositoryRequest,
  { registry, authorise }: OciContext,
): Promise<void> {
  const plan = await planRepository(registry, 'CREATE_ON_PUSH', repository)
  if (plan === undefined) return
  const permissions = creationPermissions(repository, plan.resourceTags)
  await permit(permissions, { who, surroundings, notes, authorise })
  notes.parameters = { template: plan.template }
  await makePlannedRepository(registry, plan)
}
