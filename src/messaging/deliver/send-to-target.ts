import type { Messaging } from '../messaging.ts'
import { targetKindOf } from '../rules/target-kind.ts'
import { callApiDestination } from './call-api-destination.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'
import { redeployService } from './redeploy-service.ts'
import { runEcsTask } from './run-ecs-task.ts'
import { sendToBus } from './send-to-bus.ts'
import { sendToLogGroup } from './send-to-log-group.ts'
import { sendToQueue } from './send-to-queue.ts'
import { sendToTopic } from './send-to-topic.ts'

/** Sends an event, as the target wants it, to where the target's ARN says. */
export async function sendToTarget(
  messaging: Messaging,
  content: TargetContent,
  signal: AbortSignal,
): Promise<Outcome> {
  switch (targetKindOf(content.target.Arn)) {
    case 'topic':
      return sendToTopic(messaging, content)
    case 'bus':
      return sendToBus(messaging, content)
    case 'api-destination':
      return callApiDestination(messaging, content, signal)
    case 'log-group':
      return sendToLogGroup(messaging, content)
    case 'cluster':
      return runEcsTask(messaging, content)
    case 'queue': {
      const { target, input: body, rule: source } = content
      const sender = { service: 'events.amazonaws.com', source } as const
      return sendToQueue(messaging, target.Arn, { body, attributes: {} }, sender)
    }
    case 'service':
      return redeployService(messaging, content)
    case undefined:
      return refused(`Nothing is sent to ${content.target.Arn}`)
  }
}
