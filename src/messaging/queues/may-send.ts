import { ConditionContext } from '../../core/policies/condition-context.ts'
import { type Queue, queueArn } from '../../core/queues/queue.ts'
import { allows } from '../allows.ts'

/** A service that sends to a queue, and what it does it for. */
export interface SendingService {
  readonly service: 'events.amazonaws.com' | 'sns.amazonaws.com'
  /** The ARN of the rule or the topic. */
  readonly source: string
}

/** Whether a queue's policy lets a service send to it; without a policy none may, as on AWS. */
export function maySend(queue: Queue, { service, source }: SendingService): boolean {
  const { Policy: policy } = queue.attributes
  if (policy === undefined) return false
  const [, , , , account = ''] = source.split(':')
  return allows(policy, {
    caller: { kind: 'service', name: service },
    action: 'sqs:SendMessage',
    resource: queueArn(queue),
    owner: queue.account,
    context: new ConditionContext({ 'aws:SourceArn': source, 'aws:SourceAccount': account }),
  })
}
