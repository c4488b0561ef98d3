import type { Verdict } from '../../core/lifecycle/verdict.ts'
import { isDigest } from '../../core/names/digest.ts'
import { type ExplanationPosition, explainLifecycle } from '../../registry/explain-lifecycle.ts'
import type { JudgedImage } from '../../registry/lifecycle/judge-images.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import { invalidNextToken } from '../next-token.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'
import type { ExplainedImage, LifecycleOutcome, LifecycleReason } from './shapes.ts'

const defaultPageSize = 100

/** What a lifecycle policy does with each image of a repository, and why. */
export const explainLifecyclePolicy: BerthAction<'ExplainLifecyclePolicy'> = {
  operation: 'ExplainLifecyclePolicy',
  permissions: onRepository('berth:ExplainLifecyclePolicy', 'ecr:GetLifecyclePolicyPreview'),
  async run(input, call, { registry }) {
    const { text, evaluatedAt, images, next } = await explainLifecycle(
      registry,
      requestedRepository(input, call),
      {
        text: input.lifecyclePolicyText,
        from: readPosition(call.pages),
        limit: input.maxResults ?? defaultPageSize,
      },
    )
    return {
      lifecyclePolicyText: text,
      evaluatedAt,
      images: images.map(toShape),
      nextToken: next && call.pages.next(toToken(next)),
    }
  },
}

function toToken({ at, policyId, ranked, after: { freshAt, digest } }: ExplanationPosition): unknown {
  return [at, policyId, ranked, freshAt.getTime(), digest]
}

/** @throws InvalidParameterError at `nextToken` */
function readPosition({ position }: Pages): ExplanationPosition | undefined {
  if (position === undefined) return undefined
  const [at, policyId, ranked, freshAt, digest]: unknown[] = Array.isArray(position) ? position : []
  if (
    typeof at === 'number' &&
    typeof policyId === 'string' &&
    Array.isArray(ranked) &&
    ranked.every((count) => typeof count === 'number') &&
    typeof freshAt === 'number' &&
    typeof digest === 'string' &&
    isDigest(digest)
  ) {
    return { at, policyId, ranked, after: { freshAt: new Date(freshAt), digest } }
  }
  throw invalidNextToken()
}

const reasons: Readonly<Record<Verdict['reason'], LifecycleReason>> = {
  'beyond-count': 'BEYOND_COUNT',
  'within-count': 'WITHIN_COUNT',
  'keep-rule': 'KEEP_RULE',
  'no-rule': 'NO_RULE',
  index: 'LISTED_BY_INDEX',
  'archived-index': 'LISTED_BY_ARCHIVED_INDEX',
  subject: 'BELONGS_TO_SUBJECT',
  'running-task': 'USED_BY_TASK',
}

const outcomes: Readonly<Record<Verdict['outcome'], LifecycleOutcome>> = {
  expire: 'EXPIRE',
  archive: 'ARCHIVE',
  kept: 'KEEP',
}

function toShape({ image, verdict }: JudgedImage): ExplainedImage {
  return {
    imageDigest: image.digest,
    imageTags: image.tags.toSorted(),
    imagePushedAt: image.pushedAt,
    imageSizeInBytes: image.sizeInBytes,
    lastRecordedPullTime: image.lastPulledAt,
    imageStatus: image.storage,
    outcome: outcomes[verdict.outcome],
    reason: reasons[verdict.reason],
    rulePriority: verdict.rule?.priority,
    heldBackRulePriorities: verdict.heldBack.map(({ priority }) => priority),
    dueAt: verdict.dueAt,
  }
}
