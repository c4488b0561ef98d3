import type { Opinion } from './evaluation.ts'
import type { LifecycleRule, Protection } from './policy.ts'

/** What a policy does with one image, and why. */
export interface Verdict {
  readonly outcome: 'expire' | 'archive' | 'kept'
  /**
   * `beyond-count`: the rule acts. `within-count`: the rule selects the image, and it isn't old enough or one too many. `keep-rule`: it
   * says that the image stays. `no-rule`: nothing selects it. The others: what protects it.
   */
  readonly reason: 'beyond-count' | 'within-count' | 'keep-rule' | 'no-rule' | Protection
  /** The rule that decides: of all that select the image the one of highest priority. */
  readonly rule?: LifecycleRule
  /** Rules of lower priority that would have acted on the image. */
  readonly heldBack: readonly LifecycleRule[]
  /** When time alone will change this. */
  readonly dueAt?: Date
}

/**
 * Of the rules that select an image the first one decides, even if it leaves the image alone: no rule of lower priority may touch it.
 * Only a keep rule that the image has outgrown lets the next one decide.
 *
 * @param opinions of the rules that select the image, by ascending priority
 */
export function verdictOf(opinions: readonly Opinion[]): Verdict {
  const at = opinions.findIndex(decides)
  const deciding = opinions[at]
  if (deciding === undefined) return { outcome: 'kept', reason: 'no-rule', heldBack: [] }
  const heldBack = opinions.slice(at + 1).filter(wouldAct)
  return { ...decision(deciding), rule: deciding.rule, heldBack: heldBack.map(({ rule }) => rule) }
}

function decides({ rule, beyond }: Opinion): boolean {
  return rule.action !== 'keep' || !beyond
}

function wouldAct({ rule, beyond }: Opinion): boolean {
  return rule.action !== 'keep' && beyond
}

function decision({
  rule: { action },
  beyond,
  dueAt,
}: Opinion): Pick<Verdict, 'outcome' | 'reason' | 'dueAt'> {
  const due = dueAt && { dueAt }
  if (action === 'keep') return { outcome: 'kept', reason: 'keep-rule', ...due }
  if (!beyond) return { outcome: 'kept', reason: 'within-count', ...due }
  return { outcome: action, reason: 'beyond-count' }
}
