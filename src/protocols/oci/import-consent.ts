import { creationPermissions } from '../../access/creation-permissions.ts'
import type { Permission } from '../../access/permission.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { ImportConsent } from '../../registry/pull-through/import-consent.ts'
import { permit } from '../permit.ts'
import { type OciContext, type RepositoryRequest, repositoryPermission } from './endpoint.ts'

/**
 * Whether the caller may have the content of an upstream brought, asked and noted when that is about to happen.
 *
 * @see Amazon ECR user guide, "IAM permissions required to sync an upstream registry"
 */
export function importConsent(request: RepositoryRequest, context: OciContext): ImportConsent {
  const { caller, repository } = request
  return {
    actor: caller.arn,
    mayImport: () =>
      may([repositoryPermission('ecr:BatchImportUpstreamImage', repository)], request, context),
    mayCreate: ({ resourceTags }) => may(creationPermissions(repository, resourceTags), request, context),
  }
}

async function may(
  permissions: readonly Permission[],
  { http: { notes }, caller: who, surroundings }: RepositoryRequest,
  { authorise }: OciContext,
): Promise<boolean> {
  try {
    await permit(permissions, { who, surroundings, notes, authorise })
    return true
  } catch (error) {
    if (error instanceof AccessDeniedError) return false
    throw error
  }
}
