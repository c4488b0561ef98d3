import { isDeepStrictEqual } from 'node:util'

type Values = Readonly<Record<string, unknown>>

/** How what a request has written is read again. */
interface Echo {
  /** The request that reads it. */
  read(input: Values): readonly [operation: string, input: object]
  /** Where the answer has what was written. */
  find(answer: Values, input: Values): unknown
  /** The members of the written request that must come back as they were. */
  readonly members: readonly string[]
}

const describeRepository = (...members: readonly string[]): Echo => ({
  read: ({ repositoryName, registryId }) => [
    'DescribeRepositories',
    { registryId, repositoryNames: [repositoryName] },
  ],
  find: ({ repositories }) => first(repositories),
  members,
})

const same = (operation: string, ...members: readonly string[]): Echo => ({
  read: ({ repositoryName, registryId, name }) => [operation, { repositoryName, registryId, name }],
  find: (answer) => answer,
  members,
})

/** By the operation that writes. */
const echoes: Readonly<Record<string, Echo>> = {
  CreateRepository: describeRepository(
    'repositoryName',
    'imageTagMutability',
    'imageTagMutabilityExclusionFilters',
    'imageScanningConfiguration',
  ),
  PutImageTagMutability: describeRepository('imageTagMutability', 'imageTagMutabilityExclusionFilters'),
  PutImageScanningConfiguration: describeRepository('imageScanningConfiguration'),
  PutLifecyclePolicy: same('GetLifecyclePolicy', 'repositoryName', 'lifecyclePolicyText'),
  SetRepositoryPolicy: same('GetRepositoryPolicy', 'repositoryName', 'policyText'),
  PutRegistryPolicy: same('GetRegistryPolicy', 'policyText'),
  PutReplicationConfiguration: same('DescribeRegistry', 'replicationConfiguration'),
  PutSigningConfiguration: same('GetSigningConfiguration', 'signingConfiguration'),
  PutAccountSetting: same('GetAccountSetting', 'name', 'value'),
  PutRegistryScanningConfiguration: {
    read: () => ['GetRegistryScanningConfiguration', {}],
    find: ({ scanningConfiguration }) => scanningConfiguration,
    members: ['scanType', 'rules'],
  },
  CreatePullThroughCacheRule: {
    read: ({ ecrRepositoryPrefix }) => [
      'DescribePullThroughCacheRules',
      { ecrRepositoryPrefixes: [ecrRepositoryPrefix] },
    ],
    find: ({ pullThroughCacheRules }) => first(pullThroughCacheRules),
    members: [
      'ecrRepositoryPrefix',
      'upstreamRegistryUrl',
      'upstreamRegistry',
      'credentialArn',
      'customRoleArn',
    ],
  },
  CreateRepositoryCreationTemplate: {
    read: ({ prefix }) => ['DescribeRepositoryCreationTemplates', { prefixes: [prefix] }],
    find: ({ repositoryCreationTemplates }) => first(repositoryCreationTemplates),
    members: [
      'prefix',
      'description',
      'imageTagMutability',
      'imageTagMutabilityExclusionFilters',
      'repositoryPolicy',
      'lifecyclePolicy',
      'appliedFor',
      'customRoleArn',
      'resourceTags',
    ],
  },
  RegisterPullTimeUpdateExclusion: {
    read: () => ['ListPullTimeUpdateExclusions', {}],
    find: ({ pullTimeUpdateExclusions }, { principalArn }) => ({
      principalArn: list(pullTimeUpdateExclusions).find((one) => one === principalArn),
    }),
    members: ['principalArn'],
  },
  TagResource: {
    read: ({ resourceArn }) => ['ListTagsForResource', { resourceArn }],
    find: ({ tags }, input) => ({
      tags: list(input.tags).filter((tag) => list(tags).some((has) => isDeepStrictEqual(has, tag))),
    }),
    members: ['tags'],
  },
}

/** How to read what an operation writes; undefined for one that writes nothing that is read again. */
export function echoOf(operation: string): Echo | undefined {
  return echoes[operation]
}

/** The members that don't come back as they were written. */
export function lostMembers({ members }: Echo, written: Values, found: unknown): readonly string[] {
  const record = (found ?? {}) as Values
  return members.filter((key) => !isNothing(written[key]) && !equal(written[key], record[key]))
}

/** An empty text stands for no document at all. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Documents are equal as JSON: ECR may print them anew. */
function equal(written: unknown, found: unknown): boolean {
  return isDeepStrictEqual(parsed(written), parsed(found))
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value
  return JSON.parse(value)
}

function first(values: unknown): unknown {
  return list(values)[0]
}

function list(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : []
}
