import { createHash } from 'node:crypto'
import { digestOf } from '../../names/digest.ts'
import { LifecycleEvaluation } from '../evaluation.ts'
import { parseLifecyclePolicy } from '../parse-lifecycle-policy.ts'
import type { LifecycleImage, LifecyclePolicy } from '../policy.ts'
import type { PolicyLanguage } from '../policy-schema.ts'
import { dayMs, newestFirst } from '../times.ts'
import type { Verdict } from '../verdict.ts'

/** The moment at which tests evaluate. */
export const now = new Date('2026-06-01T12:00:00Z')

/** An image by how many days ago things happened to it. */
export interface SampleImage {
  readonly name: string
  readonly tags?: readonly string[]
  readonly pushed: number
  readonly pulled?: number
  readonly archived?: number
  readonly restored?: number
  readonly storage?: LifecycleImage['storage']
  readonly protectedBy?: LifecycleImage['protectedBy']
}

/** The moment so many days before `now`. */
export function daysAgo(days: number): Date {
  return new Date(now.getTime() - days * dayMs)
}

/** Makes an image whose digest follows from its name. */
export function sampleImage(image: SampleImage): LifecycleImage {
  const { name, tags = [], pushed, pulled, archived, restored, storage = 'ACTIVE', protectedBy } = image
  return {
    digest: digestOf('sha256', createHash('sha256').update(name).digest('hex')),
    tags,
    pushedAt: daysAgo(pushed),
    lastPulledAt: pulled === undefined ? undefined : daysAgo(pulled),
    lastArchivedAt: archived === undefined ? undefined : daysAgo(archived),
    lastActivatedAt: restored === undefined ? undefined : daysAgo(restored),
    storage,
    protectedBy,
  }
}

/** One rule of a policy as a short line: `1: tagged pattern prod* count>3 expire`. */
export interface SampleRule {
  readonly selection: Readonly<Record<string, unknown>>
  readonly action?: Readonly<Record<string, unknown>>
  readonly priority?: number
}

/** The text of a policy; priorities are counted from 1 where none is given. */
export function policyText(...rules: readonly SampleRule[]): string {
  return JSON.stringify({
    rules: rules.map(({ selection, action = { type: 'expire' }, priority }, at) => ({
      rulePriority: priority ?? at + 1,
      selection,
      action,
    })),
  })
}

export function policy(rules: readonly SampleRule[], language: PolicyLanguage = 'ecr'): LifecyclePolicy {
  return parseLifecyclePolicy(policyText(...rules), language).policy
}

/** The verdict on each image by the image's name. */
export function evaluate(
  rules: LifecyclePolicy,
  images: readonly SampleImage[],
  at = now,
): ReadonlyMap<string, Verdict> {
  const evaluation = new LifecycleEvaluation(rules, at)
  return new Map(
    images
      .map((image) => ({ name: image.name, image: sampleImage(image) }))
      .sort((one, other) => newestFirst(one.image, other.image))
      .map(({ name, image }) => [name, evaluation.consider(image)]),
  )
}

/** What is acted on, as `name: action by rule`, sorted. */
export function actions(rules: LifecyclePolicy, images: readonly SampleImage[], at = now): string[] {
  return [...evaluate(rules, images, at)]
    .filter(([, { outcome }]) => outcome !== 'kept')
    .map(([name, { outcome, rule }]) => `${name}: ${outcome} by ${rule?.priority}`)
    .sort()
}
