import { invalid, refused, type SeenText } from './seen-text.ts'
import { app, closed, fixed, ours, type TextWorld, theirs } from './text-world.ts'

const arn = `arn:aws:ecr:us-east-1:${ours}:repository`
const text = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const pull = { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }

function lifecycle(when: string, rules: readonly object[] | null, detail: string): SeenText {
  const lifecyclePolicyText = JSON.stringify({ rules }).padEnd(100)
  return refused(
    when,
    'PutLifecyclePolicy',
    { repositoryName: app, lifecyclePolicyText },
    invalid('LifecyclePolicyText', `Lifecycle policy validation failure: ${detail}`),
  )
}

function rule(rulePriority: number, selection: object) {
  const counted = { countType: 'imageCountMoreThan', countNumber: 1, ...selection }
  return { rulePriority, description: 'as AWS has it', selection: counted, action: { type: 'expire' } }
}

/** Whoever isn't of the account needs the policy of what they ask for. */
function denied(operation: string, input: object, resource: string): SeenText {
  return {
    when: `${operation} is called from another account`,
    expected: `AccessDeniedException: User: arn:aws:iam::${theirs}:root is not authorized to perform: ecr:${operation} on resource: ${arn}/${resource} because no resource-based policy allows the ecr:${operation} action`,
    provoke: ({ refusal }: TextWorld) => refusal(operation, { registryId: ours, ...input }, theirs),
  }
}

/** What is said about policies, and by them. */
export const policyTexts: readonly SeenText[] = [
  refused(
    'a repository has no policy',
    'GetRepositoryPolicy',
    { repositoryName: fixed },
    `RepositoryPolicyNotFoundException: Repository policy does not exist for the repository with name '${fixed}' in the registry with id '${ours}'`,
  ),
  refused(
    "a repository's policy is to be deleted twice",
    'DeleteRepositoryPolicy',
    { repositoryName: fixed },
    `RepositoryPolicyNotFoundException: Repository policy does not exist for the repository with name '${fixed}' in the registry with id '${ours}'`,
  ),
  ...['GetLifecyclePolicy', 'DeleteLifecyclePolicy', 'StartLifecyclePolicyPreview'].map((operation) =>
    refused(
      `${operation} finds no lifecycle policy`,
      operation,
      { repositoryName: app },
      `LifecyclePolicyNotFoundException: Lifecycle policy does not exist for the repository with name '${app}' in the registry with id '${ours}'`,
    ),
  ),
  ...[
    ['no JSON', '{'],
    ['without a principal', text({ ...pull, Principal: undefined })],
    ['about another service', text({ ...pull, Action: 's3:GetObject' })],
    ['with a principal that is none', text({ ...pull, Principal: { AWS: 'nobody' } })],
  ].map(([what, policyText]) =>
    refused(
      `a policy of a repository is ${what}`,
      'SetRepositoryPolicy',
      { repositoryName: app, policyText },
      invalid('PolicyText', 'Invalid repository policy provided'),
    ),
  ),
  refused(
    'a policy of the registry is no JSON',
    'PutRegistryPolicy',
    { policyText: '{' },
    invalid('PolicyText', 'Invalid registry policy provided'),
  ),
  {
    when: 'a policy of the registry allows what its scope has not',
    expected: invalid('PolicyText', 'Invalid registry policy provided'),
    async provoke({ call, refusal }) {
      await call('PutAccountSetting', { name: 'REGISTRY_POLICY_SCOPE', value: 'V1' })
      const policyText = text({ ...pull, Resource: '*' })
      const refusalText = await refusal('PutRegistryPolicy', { policyText })
      await call('PutAccountSetting', { name: 'REGISTRY_POLICY_SCOPE', value: 'V2' })
      return refusalText
    },
  },
  lifecycle(
    'rules are null',
    null,
    'instance type (null) does not match any allowed primitive type (allowed: ["array"])',
  ),
  lifecycle(
    'a count of images has a unit',
    [rule(1, { tagStatus: 'untagged', countUnit: 'days' })],
    'instance failed to match exactly one schema (matched 0 out of 2)',
  ),
  lifecycle(
    'a list of prefixes is empty',
    [rule(1, { tagStatus: 'tagged', tagPrefixList: [] })],
    'instance failed to match exactly one schema (matched 0 out of 2)',
  ),
  lifecycle(
    'two rules select untagged images',
    [rule(1, { tagStatus: 'untagged' }), rule(2, { tagStatus: 'untagged' })],
    'Only one rule can select Untagged images per storage class',
  ),
  lifecycle(
    'the rule for any image is not the last',
    [rule(1, { tagStatus: 'any' }), rule(2, { tagStatus: 'untagged' })],
    'Rule for tagStatus=ANY must have the lowest priority per storage class',
  ),
  lifecycle(
    'tagged images are selected without a list',
    [rule(1, { tagStatus: 'tagged' })],
    'Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.',
  ),
  denied('DescribeImages', { repositoryName: app }, app),
  denied('BatchGetImage', { repositoryName: app, imageIds: [{ imageTag: 'v1' }] }, app),
  denied('InitiateLayerUpload', { repositoryName: app }, app),
  refused(
    "a repository's policy denies it",
    'DescribeImages',
    { repositoryName: closed },
    `AccessDeniedException: User: arn:aws:iam::${ours}:root is not authorized to perform: ecr:DescribeImages on resource: ${arn}/${closed} with an explicit deny in a resource-based policy`,
  ),
]
