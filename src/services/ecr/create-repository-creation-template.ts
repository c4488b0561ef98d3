import type {
  CreateRepositoryCreationTemplateRequest,
  CreateRepositoryCreationTemplateResponse,
} from '@aws-sdk/client-ecr'
import { createCreationTemplate } from '../../registry/create-creation-template.ts'
import {
  noSettings,
  templateShape,
  withKeptPolicy,
  withTemplateMembers,
} from './creation-template-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/**
 * Adds a template for repositories that are made on a push, a pull through the cache or a replication.
 *
 * @see Amazon ECR API reference, CreateRepositoryCreationTemplate
 */
export const createRepositoryCreationTemplate: EcrAction<
  CreateRepositoryCreationTemplateRequest,
  CreateRepositoryCreationTemplateResponse
> = {
  operation: 'CreateRepositoryCreationTemplate',
  permissions: onRegistry('ecr:CreateRepositoryCreationTemplate'),
  async run({ prefix, ...members }, { registry: key }, { registry }) {
    const wanted = { ...withTemplateMembers(noSettings, await withKeptPolicy(registry, members)), prefix }
    const template = await createCreationTemplate(registry, key, wanted)
    return { registryId: key.account, repositoryCreationTemplate: await templateShape(registry, template) }
  },
}
