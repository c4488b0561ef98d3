import { expect, test } from 'vitest'
import { policy } from '../lifecycle/testing/lifecycle-world.ts'
import { parseAccountId } from '../names/account-id.ts'
import { parseDigest } from '../names/digest.ts'
import { parseRegion } from '../names/region.ts'
import { parseRepositoryName } from '../names/repository-name.ts'
import { imageActivated } from './image-activated.ts'
import { imagePulled } from './image-pulled.ts'
import { registryPolicyChanged, repositoryPolicyChanged } from './policy-changed.ts'
import { policyExecuted } from './policy-executed.ts'
import { repositoryChanged } from './repository-changed.ts'

const repository = {
  account: parseAccountId('123456789012'),
  region: parseRegion('us-west-2'),
  name: parseRepositoryName('testrepo'),
}
const { name, ...registry } = repository
const arn = 'arn:aws:ecr:us-west-2:123456789012:repository/testrepo'
const digest = parseDigest(`sha256:${'7f'.repeat(32)}`)
const own = { registry, source: 'berth', resources: [arn] }
const at = new Date('2020-03-12T20:22:12.345Z')
const record = { newId: () => '9354dd7f-9aac-4e9d-956d-12561a4923aa', at }

test('a repository that is created or deleted', () => {
  expect(repositoryChanged(repository, { action: 'DELETE' })).toEqual({
    ...own,
    extra: 'repository',
    detailType: 'Berth Repository Action',
    detail: { result: 'SUCCESS', 'action-type': 'DELETE', 'repository-name': name },
  })
  const planned = { action: 'CREATE', purpose: 'CREATE_ON_PUSH', template: 'test' } as const
  expect(repositoryChanged(repository, planned).detail).toEqual({
    result: 'SUCCESS',
    'action-type': 'CREATE',
    'repository-name': name,
    'created-for': 'CREATE_ON_PUSH',
    'template-prefix': 'test',
  })
})

test('a policy that is put or deleted', () => {
  expect(repositoryPolicyChanged(repository, 'LIFECYCLE', 'PUT')).toEqual({
    ...own,
    extra: 'policy',
    detailType: 'Berth Policy Action',
    detail: {
      result: 'SUCCESS',
      'action-type': 'PUT',
      'policy-type': 'LIFECYCLE',
      'repository-name': name,
    },
  })
  expect(registryPolicyChanged(repository, 'DELETE')).toMatchObject({
    registry,
    resources: [],
    detail: { result: 'SUCCESS', 'action-type': 'DELETE', 'policy-type': 'REGISTRY' },
  })
})

test('an image that is pulled', () => {
  expect(imagePulled({ repository, digest, count: 3 })).toEqual({
    ...own,
    extra: 'pull',
    detailType: 'Berth Image Action',
    detail: {
      result: 'SUCCESS',
      'action-type': 'PULL',
      'repository-name': name,
      'image-digest': digest,
      'pull-count': 3,
    },
  })
})

const { rules } = policy([
  { selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 2 } },
])
const pushedAt = new Date(1_584_042_813_000)
const image = { digest, tags: ['alpine'], pushedAt, priority: 1 }

test('what a lifecycle policy has done, as CloudTrail records it', () => {
  const [occurrence] = policyExecuted(
    repository,
    { policyId: 'ceb86829-58e7-9498-920c-aa042e33037b', rules, images: [image] },
    record,
  )
  expect(occurrence).toEqual({
    registry,
    extra: 'lifecycle',
    source: 'aws.ecr',
    detailType: 'AWS Service Event via CloudTrail',
    resources: [arn],
    detail: {
      eventVersion: '1.08',
      userIdentity: { accountId: '123456789012', invokedBy: 'AWS Internal' },
      eventTime: '2020-03-12T20:22:12Z',
      eventSource: 'ecr.amazonaws.com',
      eventName: 'PolicyExecutionEvent',
      awsRegion: 'us-west-2',
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      requestParameters: null,
      responseElements: null,
      eventID: '9354dd7f-9aac-4e9d-956d-12561a4923aa',
      readOnly: true,
      resources: [{ ARN: arn, accountId: '123456789012', type: 'AWS::ECR::Repository' }],
      eventType: 'AwsServiceEvent',
      recipientAccountId: '123456789012',
      serviceEventDetails: {
        repositoryName: 'testrepo',
        lifecycleEventPolicy: {
          lifecycleEventRules: [
            {
              rulePriority: 1,
              lifecycleEventSelection: {
                tagStatus: 'Any',
                tagPrefixList: [],
                countType: 'Image count more than',
                countNumber: 2,
              },
              action: 'expire',
            },
          ],
          lastEvaluatedAt: 0,
          policyVersion: 1,
          policyId: 'ceb86829-58e7-9498-920c-aa042e33037b',
        },
        lifecycleEventImageActions: [
          {
            lifecycleEventImage: {
              digest,
              tagStatus: 'Tagged',
              tagList: ['alpine'],
              pushedAt: 1_584_042_813_000,
            },
            rulePriority: 1,
          },
        ],
        lifecycleEventFailureDetails: [],
      },
    },
  })
})

test('a preview is recorded as its run would be, under a name of its own', () => {
  const execution = { policyId: 'p', rules, images: [image] }
  const [run] = policyExecuted(repository, execution, record)
  const [preview] = policyExecuted(repository, execution, record, 'DryRunEvent')
  expect(preview).toEqual({ ...run, detail: { ...run?.detail, eventName: 'DryRunEvent' } })
})

test('an image that is back from the archive, as CloudTrail records it', () => {
  expect(imageActivated(repository, digest, record)).toMatchObject({
    extra: 'lifecycle',
    resources: [arn],
    detail: {
      eventName: 'ImageActivationEvent',
      eventType: 'AwsServiceEvent',
      serviceEventDetails: {
        repositoryName: 'testrepo',
        imageDigest: digest,
        targetStorageClass: 'STANDARD',
        result: 'SUCCESS',
        imageStatus: 'ACTIVE',
      },
    },
  })
})

test('many images are told of ten at a time, each with a hundred tags at the most', () => {
  const tags = Array.from({ length: 1_000 }, (_, tag) => `v${tag}`)
  const images = Array.from({ length: 21 }, () => ({ ...image, tags }))
  const events = policyExecuted(repository, { policyId: 'p', rules, images }, record)
  expect(events).toHaveLength(3)
  // What EventBridge takes at the most.
  for (const { detail } of events) expect(JSON.stringify(detail).length).toBeLessThan(256 * 1024)
})
