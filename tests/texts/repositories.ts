import { invalid, refused, type SeenText } from './seen-text.ts'
import { app, none, ours } from './text-world.ts'

const missing = `RepositoryNotFoundException: The repository with name '${none}' does not exist in the registry with id '${ours}'`
const namePattern =
  "must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*'"
const named = { repositoryName: none }
const ids = { imageIds: [{ imageTag: 'v1' }] }

/** Every operation that names a repository says so in the same words when there is none. */
const operations: Readonly<Record<string, object>> = {
  BatchCheckLayerAvailability: { layerDigests: [`sha256:${'a'.repeat(64)}`] },
  BatchDeleteImage: ids,
  BatchGetImage: ids,
  DeleteLifecyclePolicy: {},
  DeleteRepository: {},
  DeleteRepositoryPolicy: {},
  DescribeImageReplicationStatus: { imageId: { imageTag: 'v1' } },
  DescribeImages: {},
  GetDownloadUrlForLayer: { layerDigest: `sha256:${'a'.repeat(64)}` },
  GetLifecyclePolicy: {},
  GetLifecyclePolicyPreview: {},
  GetRepositoryPolicy: {},
  InitiateLayerUpload: {},
  ListImages: {},
  PutImageScanningConfiguration: { imageScanningConfiguration: { scanOnPush: true } },
  PutImageTagMutability: { imageTagMutability: 'IMMUTABLE' },
}

/** What is said about repositories and their settings. */
export const repositoryTexts: readonly SeenText[] = [
  ...Object.entries(operations).map(([operation, input]) =>
    refused(`${operation} finds no repository`, operation, { ...named, ...input }, missing),
  ),
  refused(
    'a repository described is missing',
    'DescribeRepositories',
    { repositoryNames: [app, none] },
    missing,
  ),
  refused(
    'a repository is created twice',
    'CreateRepository',
    { repositoryName: app },
    `RepositoryAlreadyExistsException: The repository with name '${app}' already exists in the registry with id '${ours}'`,
  ),
  refused(
    'a repository that holds images is deleted',
    'DeleteRepository',
    { repositoryName: app },
    `RepositoryNotEmptyException: The repository with name '${app}' in registry with id '${ours}' cannot be deleted because it still contains images`,
  ),
  ...['Team/App', 'a..b', 'a//b', 'team-'].map((repositoryName) =>
    refused(
      `a repository is to be called ${repositoryName}`,
      'CreateRepository',
      { repositoryName },
      invalid('repositoryName', namePattern),
    ),
  ),
  ...['DescribeRepositories', 'ListImages', 'DescribeImages'].map((operation) =>
    refused(
      `${operation} is asked for too long a page`,
      operation,
      { ...(operation !== 'DescribeRepositories' && { repositoryName: app }), maxResults: 1001 },
      invalid('maxResults', 'Member must have value less than or equal to 1000'),
    ),
  ),
  ...['CreateRepository', 'PutImageTagMutability'].map((operation) =>
    refused(
      `${operation} excludes nothing from immutability though it says so`,
      operation,
      {
        repositoryName: operation === 'CreateRepository' ? none : app,
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      },
      invalid(
        'imageTagMutabilityExclusionFilters',
        "ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION",
      ),
    ),
  ),
]
