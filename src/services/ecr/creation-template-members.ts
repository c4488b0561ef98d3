import type {
  EncryptionConfigurationForRepositoryCreationTemplate,
  RepositoryCreationTemplate,
  UpdateRepositoryCreationTemplateRequest,
} from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { InvalidRequestError } from '../../core/errors.ts'
import {
  type CreationTemplate,
  defaultSettings,
  type TemplateSettings,
} from '../../core/repositories/creation-template.ts'
import type { Encryption } from '../../core/repositories/repository.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import { KmsNotOfferedError, readEncryption } from './encryption-members.ts'
import { keptPolicy } from './kept-policy.ts'
import { readResourceTags } from './resource-tags.ts'
import { readTagMutability, tagMutabilityMembers } from './tag-mutability-members.ts'

type Members = Checked<Omit<UpdateRepositoryCreationTemplateRequest, 'prefix'>>

/** The settings of a template that has none yet. */
export const noSettings: TemplateSettings = { ...defaultSettings, appliedFor: [] }

/**
 * The settings a request makes of those in force: what it doesn't mention stays, and an empty text takes away.
 *
 * @throws InvalidParameterError, InvalidTagParameterError, InvalidRequestError for what no repository could be made with
 */
export function withTemplateMembers(settings: TemplateSettings, members: Members): TemplateSettings {
  const { description, appliedFor, resourceTags, repositoryPolicy, lifecyclePolicy, customRoleArn } = members
  return {
    description: changed(settings.description, description),
    appliedFor: appliedFor ?? settings.appliedFor,
    tagMutability: withTagMutability(settings.tagMutability, members),
    encryption: withEncryption(settings.encryption, members.encryptionConfiguration),
    resourceTags: resourceTags === undefined ? settings.resourceTags : readResourceTags(resourceTags),
    repositoryPolicy: changed(settings.repositoryPolicy, repositoryPolicy),
    lifecyclePolicy: changed(settings.lifecyclePolicy, lifecyclePolicy),
    customRoleArn: changed(settings.customRoleArn, customRoleArn),
  }
}

function changed(before: string | undefined, given: string | undefined): string | undefined {
  return given === undefined ? before : given || undefined
}

function withTagMutability(before: TemplateSettings['tagMutability'], members: Members) {
  const { imageTagMutability, imageTagMutabilityExclusionFilters } = members
  if (imageTagMutability === undefined && imageTagMutabilityExclusionFilters === undefined) return before
  return readTagMutability({ imageTagMutability: before.mode, ...members })
}

/**
 * Members with the policy for repositories as policies are kept.
 *
 * @throws InvalidParameterError at `PolicyText` for a principal that doesn't exist
 */
export async function withKeptPolicy<Given extends Pick<Members, 'repositoryPolicy'>>(
  registry: Registry,
  members: Given,
): Promise<Given> {
  const { repositoryPolicy } = members
  if (repositoryPolicy === undefined) return members
  return { ...members, repositoryPolicy: await keptPolicy(registry, repositoryPolicy) }
}

/** Templates declare no KmsException, so that the refusal is another than CreateRepository's. */
function withEncryption(
  before: Encryption,
  wanted: Checked<EncryptionConfigurationForRepositoryCreationTemplate> | undefined,
): Encryption {
  if (wanted === undefined) return before
  const { encryptionType, kmsKey } = wanted
  try {
    return readEncryption({ encryptionType, ...(kmsKey && { kmsKey }) })
  } catch (error) {
    throw error instanceof KmsNotOfferedError ? new InvalidRequestError(error.message) : error
  }
}

/** A template as responses show it. */
export async function templateShape(
  { metadata }: Registry,
  template: CreationTemplate,
): Promise<RepositoryCreationTemplate> {
  const { type: encryptionType, kmsKey } = template.encryption
  const { repositoryPolicy: kept } = template
  const resourceTags = Array.from(template.resourceTags, ([Key, Value]) => ({ Key, Value }))
  return {
    prefix: template.prefix,
    description: template.description,
    encryptionConfiguration: { encryptionType, kmsKey },
    ...(resourceTags.length > 0 && { resourceTags }),
    ...tagMutabilityMembers(template.tagMutability),
    repositoryPolicy: kept === undefined ? undefined : await showPolicy(metadata, kept),
    lifecyclePolicy: template.lifecyclePolicy,
    appliedFor: [...template.appliedFor],
    customRoleArn: template.customRoleArn,
    createdAt: template.createdAt,
    updatedAt: template.updatedAt,
  }
}
