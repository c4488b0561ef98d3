import { ConditionContext } from '../../core/policies/condition-context.ts'
import { decide } from '../../core/policies/decide.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import { type Queue, queueArn } from '../../core/queues/queue.ts'

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
  const resource = queueArn(queue)
  const request = {
    caller: { kind: 'service', name: service },
    action: 'sqs:SendMessage',
    resource,
    owner: queue.account,
    context: new ConditionContext({ 'aws:SourceArn': source, 'aws:SourceAccount': account }),
  } as const
  const document = parsePolicy(policy, 'resource')
  return decide(request, { identity: [], resource: [{ name: resource, document }] }).allowed
}
