import { isObject } from '../../core/event-patterns/leaf.ts'
import { type Queue, queueArn } from '../../core/queues/queue.ts'

/** The text of a queue's policy with other statements; what else stands there stays. Empty where no statement is left. */
export function policyWith(
  queue: Queue,
  change: (statements: readonly unknown[]) => readonly unknown[],
): string {
  const policy: unknown = JSON.parse(queue.attributes.Policy ?? '{}')
  const document = isObject(policy) ? policy : {}
  const { Statement: given = [], ...rest } = document
  const statements = change(Array.isArray(given) ? given : [given])
  if (statements.length === 0) return ''
  const id = `${queueArn(queue)}/SQSDefaultPolicy`
  return JSON.stringify({ Version: '2012-10-17', Id: id, ...rest, Statement: statements })
}

/** Whether a statement is the one of a label. */
export function hasLabel(statement: unknown, label: string): boolean {
  return isObject(statement) && statement.Sid === label
}
