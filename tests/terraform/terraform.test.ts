import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRegistryCommand,
  type ECRClient,
  GetAuthorizationTokenCommand,
  GetRepositoryPolicyCommand,
  InvalidParameterException,
  RepositoryNotEmptyException,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { applyEach } from './resource.ts'
import { creationTemplateResource, type TemplateAttributes } from './resources/creation-template.ts'
import {
  lifecyclePolicyResource,
  registryPolicyResource,
  repositoryPolicyResource,
} from './resources/policies.ts'
import { type CacheRuleAttributes, cacheRuleResource } from './resources/pull-through-cache-rule.ts'
import { exclusionResource } from './resources/pull-time-exclusion.ts'
import { scanningResource } from './resources/registry-scanning.ts'
import { accountSettingResource, replicationResource } from './resources/registry-settings.ts'
import { type RepositoryAttributes, repositoryResource } from './resources/repository.ts'
import { signingResource } from './resources/signing.ts'

const account = '000000000000'
const repositoryName = 'team/app'
let berth: LocalBerth
let ecr: ECRClient
beforeAll(async () => {
  berth = await startBerth()
  ecr = berth.ecr
})
afterEach(async () => {
  expect(berth.failures).toEqual([])
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true })).catch(() => undefined)
})
afterAll(() => berth[Symbol.asyncDispose]())

const createRepository = () => ecr.send(new CreateRepositoryCommand({ repositoryName }))

function statement(...actions: readonly string[]) {
  const principal = { AWS: 'arn:aws:iam::111122223333:root' }
  return { Sid: 'others', Effect: 'Allow', Principal: principal, Action: actions }
}

function lifecycle(countNumber: number) {
  const rule = (rulePriority: number, selection: object) => ({
    rulePriority,
    description: `rule ${rulePriority}`,
    selection: { countType: 'sinceImagePushed', countUnit: 'days', countNumber, ...selection },
    action: { type: 'expire' },
  })
  return {
    rules: [
      rule(1, { tagStatus: 'tagged', tagPrefixList: ['rel', 'beta'] }),
      rule(2, { tagStatus: 'tagged', tagPatternList: ['v*', '*-rc*'] }),
      rule(10, { tagStatus: 'any' }),
    ],
  }
}

describe('what Terraform applies comes back without a difference, and goes', () => {
  test('aws_ecr_repository', async () => {
    const plain: RepositoryAttributes = {
      name: repositoryName,
      imageTagMutability: 'MUTABLE',
      exclusionFilters: [],
      scanOnPush: false,
      encryption: { encryptionType: 'AES256' },
      tags: {},
      forceDelete: false,
    }
    const filters = ['dev-*', 'latest'].map((filter) => ({ filter, filterType: 'WILDCARD' as const }))
    const strict = {
      ...plain,
      imageTagMutability: 'IMMUTABLE',
      scanOnPush: true,
      tags: { team: 'a', stage: 'test' },
    } as const
    const partly = {
      ...strict,
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusionFilters: filters,
    } as const
    const retagged = { ...partly, tags: { team: 'b', cost: 'centre 7' }, forceDelete: true }
    await applyEach(repositoryResource(ecr, repositoryName), [plain, strict, partly, retagged, plain])
    await applyEach(repositoryResource(ecr, repositoryName), [retagged])
  })

  test('aws_ecr_repository_policy', async () => {
    await createRepository()
    const policy = (...actions: readonly string[]) => ({
      policy: { Version: '2012-10-17', Statement: [statement(...actions)] },
    })
    const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const
    const resource = repositoryPolicyResource(ecr, repositoryName)
    await applyEach(resource, [policy('ecr:BatchGetImage'), policy(...pull)])
  })

  test('aws_ecr_lifecycle_policy', async () => {
    await createRepository()
    const policies = [{ policy: lifecycle(14) }, { policy: lifecycle(30) }] as const
    await applyEach(lifecyclePolicyResource(ecr, repositoryName), policies)
  })

  test('aws_ecr_registry_policy', async () => {
    const policy = (...actions: readonly string[]) => ({
      policy: {
        Version: '2012-10-17',
        Statement: [{ ...statement(...actions), Resource: `arn:aws:ecr:us-east-1:${account}:repository/*` }],
      },
    })
    const replicate = policy('ecr:ReplicateImage', 'ecr:CreateRepository')
    await applyEach(registryPolicyResource(ecr), [replicate, policy('ecr:ReplicateImage')])
  })

  test('aws_ecr_replication_configuration', async () => {
    const destinations = ['eu-west-1', 'us-west-2', 'ap-south-1'].map((region) => ({
      region,
      registryId: account,
    }))
    const filters = ['prod', 'apps'].map((filter) => ({ filter, filterType: 'PREFIX_MATCH' as const }))
    const one = { rules: [{ destinations }] }
    const two = {
      rules: [{ destinations: destinations.toReversed(), repositoryFilters: filters }, { destinations }],
    }
    await applyEach(replicationResource(ecr), [one, two], { rules: [] })
    expect(await ecr.send(new DescribeRegistryCommand({}))).toMatchObject({ registryId: account })
  })

  test('aws_ecr_repository_creation_template', async () => {
    const plain: TemplateAttributes = {
      prefix: 'team',
      appliedFor: ['PULL_THROUGH_CACHE'],
      description: '',
      customRoleArn: '',
      imageTagMutability: 'MUTABLE',
      encryption: { encryptionType: 'AES256' },
      lifecyclePolicy: undefined,
      repositoryPolicy: undefined,
      resourceTags: {},
    }
    const whole: TemplateAttributes = {
      ...plain,
      appliedFor: ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE', 'REPLICATION'],
      description: 'what teams get',
      customRoleArn: `arn:aws:iam::${account}:role/templates`,
      imageTagMutability: 'IMMUTABLE',
      lifecyclePolicy: lifecycle(14),
      repositoryPolicy: { Version: '2012-10-17', Statement: [statement('ecr:BatchGetImage')] },
      resourceTags: { team: 'a' },
    }
    await applyEach(creationTemplateResource(ecr, 'team'), [plain, whole, plain])
    await applyEach(creationTemplateResource(ecr, 'team'), [whole, { ...whole, description: 'another' }])
  })

  test('aws_ecr_pull_through_cache_rule', async () => {
    const prefix = 'ecr-public'
    const plain: CacheRuleAttributes = {
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: 'public.ecr.aws',
      upstreamRepositoryPrefix: '',
      credentialArn: '',
      customRoleArn: '',
    }
    await applyEach(cacheRuleResource(ecr, prefix), [plain])
    await applyEach(cacheRuleResource(ecr, prefix), [{ ...plain, upstreamRepositoryPrefix: 'ROOT' }])
    const within = { ...plain, upstreamRegistryUrl: 'quay.io', upstreamRepositoryPrefix: 'prometheus' }
    await applyEach(cacheRuleResource(ecr, prefix), [within])
  })

  test('aws_ecr_registry_scanning_configuration', async () => {
    const rule = (scanFrequency: 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN', ...filters: readonly string[]) => ({
      scanFrequency,
      repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' as const })),
    })
    const none = { registryId: account, scanType: 'BASIC', rules: [] } as const
    const basic = { ...none, rules: [rule('SCAN_ON_PUSH', '*', 'team/*')] }
    const enhanced = {
      ...none,
      scanType: 'ENHANCED',
      rules: [rule('CONTINUOUS_SCAN', 'prod*'), rule('SCAN_ON_PUSH', '*')],
    } as const
    await applyEach(scanningResource(ecr), [basic, enhanced, none], none)
  })

  test('aws_ecr_signing_configuration', async () => {
    const rule = { signingProfileArn: `arn:aws:signer:us-east-1:${account}:/signing-profiles/release` }
    const repositoryFilters = [{ filter: 'prod/*', filterType: 'WILDCARD_MATCH' as const }]
    const everything = { registryId: account, rules: [rule] }
    const some = { registryId: account, rules: [{ ...rule, repositoryFilters }] }
    await applyEach(signingResource(ecr), [everything, some])
  })

  test.each([
    ['REGISTRY_POLICY_SCOPE', 'V1', 'V2'],
    ['BASIC_SCAN_TYPE_VERSION', 'AWS_NATIVE', 'AWS_NATIVE'],
    ['BLOB_MOUNTING', 'DISABLED', 'ENABLED'],
  ])('aws_ecr_account_setting %s', async (name, first, then) => {
    const values = [
      { name, value: first },
      { name, value: then },
    ] as const
    await applyEach(accountSettingResource(ecr, name), values, values[1])
  })

  test('aws_ecr_pull_time_update_exclusion', async () => {
    const role = (name: string) => ({ principalArn: `arn:aws:iam::${account}:role/${name}` })
    await applyEach(exclusionResource(ecr), [role('scanner'), role('mirror')])
  })
})

describe('what the provider goes by besides', () => {
  test('a repository that holds images is destroyed by force alone', async () => {
    await createRepository()
    await berth.pushRandomImage(repositoryName, 'v1')
    const destroy = ecr.send(
      new DeleteRepositoryCommand({ repositoryName, registryId: account, force: false }),
    )
    await expect(destroy).rejects.toBeInstanceOf(RepositoryNotEmptyException)
  })

  test('a policy that is none is refused in the words on which the provider tries again', async () => {
    await createRepository()
    const policyText = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ecr:*' }],
    })
    const set = ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }))
    await expect(set).rejects.toBeInstanceOf(InvalidParameterException)
    await expect(set).rejects.toThrow(/Invalid repository policy provided/)
  })

  test('an account in a policy comes back as its root, which the provider takes for the same', async () => {
    await createRepository()
    const policy = {
      Version: '2012-10-17',
      Statement: [{ ...statement('ecr:*'), Principal: { AWS: '111122223333' } }],
    }
    await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: JSON.stringify(policy) }))
    const { policyText = '' } = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))
    expect(JSON.parse(policyText).Statement).toMatchObject([
      { Sid: 'others', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
    ])
  })

  test('the authorization token decodes to a user and a password, and says where and until when', async () => {
    const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand({}))
    const [{ authorizationToken = '', expiresAt, proxyEndpoint } = {}] = authorizationData
    expect(Buffer.from(authorizationToken, 'base64').toString().split(':')).toEqual([
      'AWS',
      expect.any(String),
    ])
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now())
    expect(proxyEndpoint).toMatch(/^https?:\/\/[^/]+$/)
  })
})
