import { InvalidParameterError } from '../core/errors.ts'
import { LifecyclePolicyNotFoundError } from '../core/lifecycle/errors.ts'
import { LifecycleEvaluation } from '../core/lifecycle/evaluation.ts'
import type { LifecyclePolicy } from '../core/lifecycle/policy.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { LifecycleCursor } from '../stores/metadata/lifecycle.ts'
import { findRepository } from './find-repository.ts'
import { imagesHeldByTasks } from './lifecycle/images-in-use.ts'
import { cursorAt, type JudgedImage, judge, subjectsProtectSince } from './lifecycle/judge-images.ts'
import { readPolicy } from './lifecycle/read-policy.ts'
import type { Registry } from './registry.ts'

/** Where an explanation goes on: the same moment and policy, after an image, with what its rules have counted up to there. */
export interface ExplanationPosition {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Of the policy in force; empty for one that was given. */
  readonly policyId: string
  readonly ranked: readonly number[]
  readonly after: LifecycleCursor
}

export interface Explanation {
  /** Of the policy. */
  readonly text: string
  readonly evaluatedAt: Date
  readonly images: readonly JudgedImage[]
  readonly next?: ExplanationPosition | undefined
}

/**
 * Says of a page of images, newest first, what a policy does with each and why: the policy in force, or one in Berth's language that
 * is given. All pages are of one moment, and nothing is changed or kept for it.
 *
 * @throws RepositoryNotFoundError
 * @throws LifecyclePolicyNotFoundError without a text and without a policy
 * @throws InvalidParameterError at `LifecyclePolicyText`, or at `nextToken` when another policy is in force by now
 */
export async function explainLifecycle(
  registry: Registry,
  key: RepositoryKey,
  asked: {
    readonly text?: string | undefined
    readonly from?: ExplanationPosition | undefined
    readonly limit: number
  },
): Promise<Explanation> {
  const repository = await findRepository(registry, key)
  const { policyId, text, policy } = await policyToExplain(registry, repository, asked.text)
  const { from, limit } = asked
  if (from !== undefined && from.policyId !== policyId) {
    throw new InvalidParameterError('nextToken', 'Invalid next token')
  }
  const evaluatedAt = from === undefined ? registry.now() : new Date(from.at)
  const evaluation = new LifecycleEvaluation(policy, evaluatedAt, from?.ranked)
  const subjectsSince = subjectsProtectSince(evaluatedAt)
  const page = { after: from?.after, limit: limit + 1, subjectsSince }
  const held = await imagesHeldByTasks(registry.metadata, repository)
  const found = await registry.metadata.lifecycle.images(repository.id, page)
  const images = found.slice(0, limit).map((image) => judge(evaluation, image, held))
  const after = found.length > limit ? cursorAt(images.at(-1)?.image) : undefined
  const { ranked } = evaluation
  return {
    text,
    evaluatedAt,
    images,
    next: after && { at: evaluatedAt.getTime(), policyId, ranked, after },
  }
}

async function policyToExplain(
  { metadata }: Registry,
  repository: Repository,
  text: string | undefined,
): Promise<{ readonly policyId: string; readonly text: string; readonly policy: LifecyclePolicy }> {
  if (text !== undefined) return { policyId: '', ...readPolicy({ text, language: 'berth' }) }
  const stored = await metadata.lifecycle.policy(repository.id)
  if (stored === undefined) throw new LifecyclePolicyNotFoundError(repository)
  return { policyId: stored.id, ...readPolicy(stored) }
}
