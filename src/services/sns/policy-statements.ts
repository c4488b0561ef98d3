import { isObject } from '../../core/event-patterns/leaf.ts'
import type { Topic } from '../../core/topics/topic.ts'
import { policyOf } from '../../core/topics/topic-policy.ts'

/** A topic with other statements in its policy; what else stands there stays. */
export function changeStatements(
  topic: Topic,
  change: (statements: readonly unknown[]) => readonly unknown[],
): Topic {
  const policy: unknown = JSON.parse(policyOf(topic))
  const document = isObject(policy) ? policy : {}
  const { Statement: given = [] } = document
  const statements = change(Array.isArray(given) ? given : [given])
  return { ...topic, policy: JSON.stringify({ ...document, Statement: statements }) }
}
