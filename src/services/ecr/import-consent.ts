import { creationPermissions } from '../../access/creation-permissions.ts'
import type { Permission } from '../../access/permission.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { ImportConsent } from '../../registry/pull-through/import-consent.ts'
import type { Call } from '../service.ts'
import type { EcrContext } from './ecr-context.ts'
import { repositoryPermission } from './permissions.ts'

/**
 * Whether the caller may have the content of an upstream brought.
 *
 * @see Amazon ECR user guide, "IAM permissions required to sync an upstream registry"
 */
export function importConsent(
  { caller: who, surroundings }: Call,
  repository: RepositoryKey,
  { authoriser }: EcrContext,
): ImportConsent {
  const may = async (permissions: readonly Permission[]): Promise<boolean> => {
    try {
      for (const permission of permissions) await authoriser.authorise({ who, permission, surroundings })
      return true
    } catch (error) {
      if (error instanceof AccessDeniedError) return false
      throw error
    }
  }
  return {
    actor: who.arn,
    mayImport: () => may([repositoryPermission('ecr:BatchImportUpstreamImage', repository)]),
    mayCreate: ({ resourceTags }) => may(creationPermissions(repository, resourceTags)),
  }
}
