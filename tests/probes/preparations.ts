import { lifecycleText as lifecycle, policyText as policy, type Targets } from './examples.ts'

type Request = readonly [operation: string, input: object]

/** Requests that make, or take away, what an operation needs in order to succeed. What they answer doesn't matter. */
export function preparationsFor(operation: string, targets: Targets): readonly Request[] {
  return preparations(targets)[operation] ?? []
}

function preparations(targets: Targets): Readonly<Record<string, readonly Request[]>> {
  const { repository: repositoryName, imageDigest } = targets
  const cached = { ecrRepositoryPrefix: 'cached' }
  const template = { prefix: 'probe' }
  const principal = { principalArn: `arn:aws:iam::${targets.account}:role/scanner` }
  const createRule: Request = [
    'CreatePullThroughCacheRule',
    { ...cached, upstreamRegistryUrl: 'public.ecr.aws' },
  ]
  const createTemplate: Request = [
    'CreateRepositoryCreationTemplate',
    { ...template, appliedFor: ['CREATE_ON_PUSH'] },
  ]
  const putLifecycle: Request = ['PutLifecyclePolicy', { repositoryName, lifecyclePolicyText: lifecycle }]
  const setPolicy: Request = ['SetRepositoryPolicy', { repositoryName, policyText: policy }]
  const putRegistryPolicy: Request = ['PutRegistryPolicy', { policyText: policy }]
  const putSigning: Request = ['PutSigningConfiguration', { signingConfiguration: { rules: [] } }]
  const register: Request = ['RegisterPullTimeUpdateExclusion', principal]
  return {
    CreateRepository: [['DeleteRepository', { repositoryName, force: true }]],
    PutImage: [['BatchDeleteImage', { repositoryName, imageIds: [{ imageDigest }] }]],
    GetLifecyclePolicy: [putLifecycle],
    DeleteLifecyclePolicy: [putLifecycle],
    GetLifecyclePolicyPreview: [
      ['StartLifecyclePolicyPreview', { repositoryName, lifecyclePolicyText: lifecycle }],
    ],
    GetRepositoryPolicy: [setPolicy],
    DeleteRepositoryPolicy: [setPolicy],
    GetRegistryPolicy: [putRegistryPolicy],
    DeleteRegistryPolicy: [putRegistryPolicy],
    GetSigningConfiguration: [putSigning],
    DeleteSigningConfiguration: [putSigning],
    CreatePullThroughCacheRule: [['DeletePullThroughCacheRule', cached]],
    DeletePullThroughCacheRule: [createRule],
    DescribePullThroughCacheRules: [createRule],
    UpdatePullThroughCacheRule: [createRule],
    ValidatePullThroughCacheRule: [createRule],
    CreateRepositoryCreationTemplate: [['DeleteRepositoryCreationTemplate', template]],
    DeleteRepositoryCreationTemplate: [createTemplate],
    DescribeRepositoryCreationTemplates: [createTemplate],
    UpdateRepositoryCreationTemplate: [createTemplate],
    RegisterPullTimeUpdateExclusion: [['DeregisterPullTimeUpdateExclusion', principal]],
    DeregisterPullTimeUpdateExclusion: [register],
  }
}
