import type {
  DeleteRepositoryCreationTemplateRequest,
  DeleteRepositoryCreationTemplateResponse,
} from '@aws-sdk/client-ecr'
import { deleteCreationTemplate } from '../../registry/delete-creation-template.ts'
import { templateShape } from './creation-template-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/** Deletes a template. @see Amazon ECR API reference, DeleteRepositoryCreationTemplate */
export const deleteRepositoryCreationTemplate: EcrAction<
  DeleteRepositoryCreationTemplateRequest,
  DeleteRepositoryCreationTemplateResponse
> = {
  operation: 'DeleteRepositoryCreationTemplate',
  permissions: onRegistry('ecr:DeleteRepositoryCreationTemplate'),
  async run({ prefix }, { registry: key }, { registry }) {
    const template = await deleteCreationTemplate(registry, key, prefix)
    return { registryId: key.account, repositoryCreationTemplate: await templateShape(registry, template) }
  },
}
