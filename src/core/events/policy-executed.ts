import type { Count, LifecycleAction, LifecycleRule } from '../lifecycle/policy.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { serviceEvent, type TrailRecord } from './service-event.ts'

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
 * What a lifecycle policy has done, or would do (`DryRunEvent`, of a preview), as CloudTrail tells it. An extra.
 *
 * @see Amazon ECR user guide, "Example: Image lifecycle policy action"
 */
export function policyExecuted(
  repository: RepositoryKey,
  { images, ...execution }: PolicyExecution,
  record: TrailRecord,
  eventName: 'PolicyExecutionEvent' | 'DryRunEvent' = 'PolicyExecutionEvent',
): Occurrence[] {
  const policy = policyDetail(execution)
  const parts = Array.from({ length: Math.ceil(images.length / imagesInEvent) }, (_, part) =>
    images.slice(part * imagesInEvent, (part + 1) * imagesInEvent),
  )
  return parts.map((part) => {
    const details = {
      lifecycleEventPolicy: policy,
      lifecycleEventImageActions: part.map(imageDetail),
      lifecycleEventFailureDetails: [],
    }
    return serviceEvent(repository, eventName, details, record)
  })
}

function policyDetail({ policyId, rules, lastEvaluatedAt }: Omit<PolicyExecution, 'images'>): object {
  return {
    lifecycleEventRules: rules.map(ruleDetail),
    lastEvaluatedAt: lastEvaluatedAt?.getTime() ?? 0,
    policyVersion: 1,
    policyId,
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
