import type {
  UpdateRepositoryCreationTemplateRequest,
  UpdateRepositoryCreationTemplateResponse,
} from '@aws-sdk/client-ecr'
import { updateCreationTemplate } from '../../registry/update-creation-template.ts'
import { templateShape, withKeptPolicy, withTemplateMembers } from './creation-template-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/**
 * Changes the settings of a template that the request mentions; repositories that were made by it stay as they are.
 *
 * @see Amazon ECR API reference, UpdateRepositoryCreationTemplate
 */
export const updateRepositoryCreationTemplate: EcrAction<
  UpdateRepositoryCreationTemplateRequest,
  UpdateRepositoryCreationTemplateResponse
> = {
  operation: 'UpdateRepositoryCreationTemplate',
  permissions: onRegistry('ecr:UpdateRepositoryCreationTemplate'),
  async run({ prefix, ...members }, { registry: key }, { registry }) {
    const kept = await withKeptPolicy(registry, members)
    const template = await updateCreationTemplate(registry, key, prefix, (settings) =>
      withTemplateMembers(settings, kept),
    )
    return { registryId: key.account, repositoryCreationTemplate: await templateShape(registry, template) }
  },
}
