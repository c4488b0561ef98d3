import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  type ImageTagMutability,
  type ImageTagMutabilityExclusionFilter,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  type Repository,
  RepositoryNotFoundException,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr'
import { differ, type Resource, single, unlessGone } from '../resource.ts'

export interface RepositoryAttributes {
  readonly name: string
  readonly imageTagMutability: ImageTagMutability
  readonly exclusionFilters: readonly ImageTagMutabilityExclusionFilter[]
  readonly scanOnPush: boolean
  readonly encryption: { readonly encryptionType: 'AES256' }
  readonly tags: Readonly<Record<string, string>>
  readonly forceDelete: boolean
}

/** `aws_ecr_repository` */
export function repositoryResource(ecr: ECRClient, name: string): Resource<RepositoryAttributes> {
  let forceDelete = false
  const describe = () => ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }))
  const find = async () => {
    const answer = await unlessGone(describe(), RepositoryNotFoundException)
    return answer && single(answer.repositories)
  }
  return {
    async create({ name: repositoryName, imageTagMutability, exclusionFilters, ...wanted }) {
      forceDelete = wanted.forceDelete
      await ecr.send(
        new CreateRepositoryCommand({
          repositoryName,
          imageTagMutability,
          imageTagMutabilityExclusionFilters: filtersOf(exclusionFilters),
          imageScanningConfiguration: { scanOnPush: wanted.scanOnPush },
          encryptionConfiguration: wanted.encryption,
          tags: tagList(wanted.tags),
        }),
      )
    },
    async read() {
      const found = await find()
      if (found === undefined) return undefined
      const { tags = [] } = await ecr.send(
        new ListTagsForResourceCommand({ resourceArn: found.repositoryArn }),
      )
      return {
        ...attributesOf(found),
        tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
        forceDelete,
      }
    },
    async update(before, wanted) {
      forceDelete = wanted.forceDelete
      const found = await find()
      if (found) await putChanges(ecr, found, before, wanted)
    },
    async destroy() {
      const { registryId } = (await find()) ?? {}
      const deletion = { repositoryName: name, registryId, force: forceDelete }
      await unlessGone(ecr.send(new DeleteRepositoryCommand(deletion)), RepositoryNotFoundException)
    },
  }
}

function attributesOf(found: Repository): Omit<RepositoryAttributes, 'tags' | 'forceDelete'> {
  return {
    name: found.repositoryName ?? '',
    imageTagMutability: found.imageTagMutability ?? 'MUTABLE',
    exclusionFilters: found.imageTagMutabilityExclusionFilters ?? [],
    scanOnPush: found.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: found.encryptionConfiguration as RepositoryAttributes['encryption'],
  }
}

async function putChanges(
  ecr: ECRClient,
  { repositoryName, registryId, repositoryArn: resourceArn }: Repository,
  before: RepositoryAttributes,
  wanted: RepositoryAttributes,
): Promise<void> {
  const { imageTagMutability, exclusionFilters, scanOnPush } = wanted
  const isMutabilityChanged =
    before.imageTagMutability !== imageTagMutability || differ(before.exclusionFilters, exclusionFilters)
  if (isMutabilityChanged) {
    const imageTagMutabilityExclusionFilters = filtersOf(exclusionFilters)
    const put = { repositoryName, registryId, imageTagMutability, imageTagMutabilityExclusionFilters }
    await ecr.send(new PutImageTagMutabilityCommand(put))
  }
  if (before.scanOnPush !== scanOnPush) {
    const put = { repositoryName, registryId, imageScanningConfiguration: { scanOnPush } }
    await ecr.send(new PutImageScanningConfigurationCommand(put))
  }
  const tagKeys = Object.keys(before.tags).filter((key) => !(key in wanted.tags))
  if (tagKeys.length > 0) await ecr.send(new UntagResourceCommand({ resourceArn, tagKeys }))
  const changed = Object.entries(wanted.tags).filter(([key, value]) => before.tags[key] !== value)
  const tags = tagList(Object.fromEntries(changed))
  if (tags) await ecr.send(new TagResourceCommand({ resourceArn, tags }))
}

/** The provider leaves an empty list out. */
function filtersOf(filters: RepositoryAttributes['exclusionFilters']) {
  return filters.length > 0 ? [...filters] : undefined
}

function tagList(tags: RepositoryAttributes['tags']) {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return list.length > 0 ? list : undefined
}
