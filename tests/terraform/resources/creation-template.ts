import {
  CreateRepositoryCreationTemplateCommand,
  DeleteRepositoryCreationTemplateCommand,
  DescribeRepositoryCreationTemplatesCommand,
  type ECRClient,
  type ImageTagMutability,
  type RCTAppliedFor,
  type RepositoryCreationTemplate,
  TemplateNotFoundException,
  UpdateRepositoryCreationTemplateCommand,
  type UpdateRepositoryCreationTemplateCommandInput,
} from '@aws-sdk/client-ecr'
import { differ, normalJson, type Resource, single, unlessGone } from '../resource.ts'

export interface TemplateAttributes {
  readonly prefix: string
  /** A set: sorted here. */
  readonly appliedFor: readonly RCTAppliedFor[]
  readonly description: string
  readonly customRoleArn: string
  readonly imageTagMutability: ImageTagMutability
  readonly encryption: { readonly encryptionType: 'AES256' }
  /** Documents, undefined for none. */
  readonly lifecyclePolicy: unknown
  readonly repositoryPolicy: unknown
  readonly resourceTags: Readonly<Record<string, string>>
}

/** `aws_ecr_repository_creation_template` */
export function creationTemplateResource(ecr: ECRClient, prefix: string): Resource<TemplateAttributes> {
  return {
    async create(wanted) {
      const put = given({ ...membersOf(wanted), prefix })
      await ecr.send(new CreateRepositoryCreationTemplateCommand({ appliedFor: [], ...put, prefix }))
    },
    async read() {
      const described = ecr.send(new DescribeRepositoryCreationTemplatesCommand({ prefixes: [prefix] }))
      const { repositoryCreationTemplates: rows } =
        (await unlessGone(described, TemplateNotFoundException)) ?? {}
      return rows?.length ? attributesOf(single(rows)) : undefined
    },
    async update(before, wanted) {
      const old = membersOf(before)
      const changed = Object.entries(membersOf(wanted)).filter(([key, value]) =>
        differ(old[key as keyof typeof old], value),
      )
      const put = { prefix, ...Object.fromEntries(changed) }
      await ecr.send(new UpdateRepositoryCreationTemplateCommand(put))
    },
    async destroy() {
      const deletion = ecr.send(new DeleteRepositoryCreationTemplateCommand({ prefix }))
      await unlessGone(deletion, TemplateNotFoundException)
    },
  }
}

/** The members of a request; what is empty is put so by an update, to clear it, and left out by a creation. */
function membersOf(wanted: TemplateAttributes): Omit<UpdateRepositoryCreationTemplateCommandInput, 'prefix'> {
  return {
    appliedFor: [...wanted.appliedFor],
    description: wanted.description,
    customRoleArn: wanted.customRoleArn,
    imageTagMutability: wanted.imageTagMutability,
    encryptionConfiguration: wanted.encryption,
    lifecyclePolicy: textOf(wanted.lifecyclePolicy),
    repositoryPolicy: textOf(wanted.repositoryPolicy),
    resourceTags: Object.entries(wanted.resourceTags).map(([Key, Value]) => ({ Key, Value })),
  }
}

function given<Members extends object>(members: Members): Partial<Members> {
  const isGiven = (value: unknown) => value !== '' && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isGiven(value))) as Partial<Members>
}

function attributesOf(found: RepositoryCreationTemplate): TemplateAttributes {
  return {
    prefix: found.prefix ?? '',
    appliedFor: (found.appliedFor ?? []).toSorted(),
    description: found.description ?? '',
    customRoleArn: found.customRoleArn ?? '',
    imageTagMutability: found.imageTagMutability ?? 'MUTABLE',
    encryption: found.encryptionConfiguration as TemplateAttributes['encryption'],
    lifecyclePolicy: documentOf(found.lifecyclePolicy),
    repositoryPolicy: documentOf(found.repositoryPolicy),
    resourceTags: Object.fromEntries((found.resourceTags ?? []).map(({ Key, Value }) => [Key, Value])),
  }
}

function textOf(document: unknown): string {
  return document === undefined ? '' : normalJson(document)
}

function documentOf(text: string | undefined): unknown {
  return text ? JSON.parse(text) : undefined
}
