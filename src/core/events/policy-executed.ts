import type { Count, LifecycleAction, LifecycleRule } from '../lifecycle/policy.ts'
import { repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import { eventTime, type Occurrence } from './event.ts'
import { ecrSource } from './image-event.ts'

/** An image that a lifecycle policy has acted on. */
export interface ActedImage {
  readonly digest: Digest
  readonly tags: readonly string[]
  readonly pushedAt: Date
  readonly priority: number
}

/** What a policy did in one stroke. */
export interface PolicyExecution {
  readonly policyId: string
  readonly rules: readonly LifecycleRule[]
  readonly lastEvaluatedAt?: Date | undefined
  readonly images: readonly ActedImage[]
}

/** ECR splits longer lists over several events, and names no more tags of one image. */
const imagesInEvent = 10
const tagsOfImage = 100

/**
 * What a lifecycle policy has done, as CloudTrail tells it: its record is the detail. An extra, since on AWS a trail has to be set up.
 *
 * @see Amazon ECR user guide, "Example: Image lifecycle policy action"
 */
export function policyExecuted(
  repository: RepositoryKey,
  execution: PolicyExecution,
  record: { readonly newId: () => string; readonly at: Date },
): Occurrence[] {
  const { images } = execution
  const parts = Array.from({ length: Math.ceil(images.length / imagesInEvent) }, (_, part) =>
    images.slice(part * imagesInEvent, (part + 1) * imagesInEvent),
  )
  return parts.map((part) => executedPart(repository, { ...execution, images: part }, record))
}

function executedPart(
  repository: RepositoryKey,
  { policyId, rules, lastEvaluatedAt, images }: PolicyExecution,
  { newId, at }: { readonly newId: () => string; readonly at: Date },
): Occurrence {
  const { account, region, name } = repository
  const arn = repositoryArn(repository)
  return {
    registry: { account, region },
    extra: 'lifecycle',
    source: ecrSource,
    detailType: 'AWS Service Event via CloudTrail',
    resources: [arn],
    detail: {
      eventVersion: '1.08',
      userIdentity: { accountId: account, invokedBy: 'AWS Internal' },
      eventTime: eventTime(at),
      eventSource: 'ecr.amazonaws.com',
      eventName: 'PolicyExecutionEvent',
      awsRegion: region,
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      requestParameters: null,
      responseElements: null,
      eventID: newId(),
      readOnly: true,
      resources: [{ ARN: arn, accountId: account, type: 'AWS::ECR::Repository' }],
      eventType: 'AwsServiceEvent',
      recipientAccountId: account,
      serviceEventDetails: {
        repositoryName: name,
        lifecycleEventPolicy: {
          lifecycleEventRules: rules.map(ruleDetail),
          lastEvaluatedAt: lastEvaluatedAt?.getTime() ?? 0,
          policyVersion: 1,
          policyId,
        },
        lifecycleEventImageActions: images.map(imageDetail),
        lifecycleEventFailureDetails: [],
      },
    },
  }
}

const tagStatuses = { any: 'Any', tagged: 'Tagged', untagged: 'Untagged' } as const

const countTypes: Readonly<Record<Count['type'], string>> = {
  imageCountMoreThan: 'Image count more than',
  sinceImagePushed: 'Since image pushed',
  sinceImagePulled: 'Since image pulled',
  sinceImageTransitioned: 'Since image transitioned',
}

const actions: Readonly<Record<LifecycleAction, string>> = {
  expire: 'expire',
  archive: 'transition',
  keep: 'keep',
}

function ruleDetail({ priority, description, tags, count, action }: LifecycleRule): object {
  return {
    rulePriority: priority,
    ...(description !== undefined && { description }),
    lifecycleEventSelection: {
      tagStatus: tagStatuses[tags.status],
      tagPrefixList: 'prefixes' in tags ? tags.prefixes : [],
      ...('patterns' in tags && { tagPatternList: tags.patterns }),
      countType: countTypes[count.type],
      ...(count.type !== 'imageCountMoreThan' && { countUnit: 'Days' }),
      countNumber: count.type === 'imageCountMoreThan' ? count.number : count.days,
    },
    action: actions[action],
  }
}

function imageDetail({ digest, tags, pushedAt, priority }: ActedImage): object {
  return {
    lifecycleEventImage: {
      digest,
      tagStatus: tags.length > 0 ? 'Tagged' : 'Untagged',
      tagList: tags.slice(0, tagsOfImage),
      pushedAt: pushedAt.getTime(),
    },
    rulePriority: priority,
  }
}
