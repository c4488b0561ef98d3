import type { LifecycleImage, LifecyclePolicy, LifecycleRule, Protection } from './policy.ts'
import { selects } from './selects.ts'
import { dayMs, sinceWhen } from './times.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** What one rule makes of an image it selects. */
export interface Opinion {
  readonly rule: LifecycleRule
  /** Beyond the rule's count: too many, or too old. */
  readonly beyond: boolean
  /** From when on it will be beyond, if only time stands between. */
  readonly dueAt?: Date
}

/**
 * One evaluation of a policy at one moment, an image at a time, so that a million images need no more memory than one. The preview and
 * the run are both this.
 *
 * All rules see all images: an image counts in the ranking of each rule that selects it, whatever another rule does with it. An image
 * that an index, its subject or a task that runs it protects is neither ranked nor touched; where that index is archived, rules that archive rank and
 * touch it.
 *
 * @see Amazon ECR user guide, "How lifecycle policies work": lifecycle policy evaluation rules
 */
export class LifecycleEvaluation {
  readonly #rules: readonly LifecycleRule[]
  readonly #now: number
  /** How many images each rule has selected so far. */
  readonly #ranked: number[]

  /** @param ranked of an earlier evaluation of this policy at this moment, to go on after its last image */
  constructor({ rules }: LifecyclePolicy, now: Date, ranked: readonly number[] = []) {
    this.#rules = rules
    this.#now = now.getTime()
    this.#ranked = rules.map((_, at) => ranked[at] ?? 0)
  }

  /** How many images each rule has counted so far. */
  get ranked(): readonly number[] {
    return this.#ranked
  }

  /** What becomes of the next image. They must come newest first, as `newestFirst` has it, and each only once. */
  consider(image: LifecycleImage): Verdict {
    const { protectedBy } = image
    if (protectedBy !== undefined && protectedBy !== 'archived-index') return keptBy(protectedBy)
    const opinions: Opinion[] = []
    for (const [at, rule] of this.#rules.entries()) {
      if (selects(rule, image)) opinions.push(this.#opinion(rule, at, image))
    }
    const verdict = verdictOf(opinions)
    return protectedBy !== undefined && verdict.rule?.action === 'expire' ? keptBy(protectedBy) : verdict
  }

  #opinion(rule: LifecycleRule, at: number, image: LifecycleImage): Opinion {
    const { count } = rule
    if (rule.action === 'expire' && image.protectedBy !== undefined) return { rule, beyond: false }
    if (count.type === 'imageCountMoreThan') {
      const rank = (this.#ranked[at] ?? 0) + 1
      this.#ranked[at] = rank
      return { rule, beyond: rank > count.number }
    }
    const since = sinceWhen(count.type, image)
    if (since === undefined) return { rule, beyond: false }
    const age = this.#now - since
    const limit = count.days * dayMs
    return age > limit ? { rule, beyond: true } : { rule, beyond: false, ...dueAfter(since + limit) }
  }
}

function keptBy(reason: Protection): Verdict {
  return { outcome: 'kept', reason, heldBack: [] }
}

/** The first millisecond that is later; a count of days can reach past the last date there is. */
function dueAfter(limit: number): { dueAt: Date } | undefined {
  const dueAt = new Date(limit + 1)
  return Number.isNaN(dueAt.getTime()) ? undefined : { dueAt }
}
