import type { RemovePermissionRequest } from '@aws-sdk/client-sqs'
import { QueueParameterError } from '../../core/queues/errors.ts'
import { changeQueueAttributes } from '../../messaging/queues/queues.ts'
import { hasLabel, policyWith } from './queue-statements.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** Takes a statement from a queue's policy. @see Amazon SQS API reference, RemovePermission */
export const removePermission: SqsAction<RemovePermissionRequest, object> = {
  operation: 'RemovePermission',
  permissions: (input, call) => onQueue('sqs:RemovePermission', queueAt(input.QueueUrl, call)),
  async run({ QueueUrl: url, Label: label }, call, { messaging }) {
    await changeQueueAttributes(messaging, queueAt(url, call), (queue) => ({
      Policy: policyWith(queue, (statements) => {
        if (statements.some((each) => hasLabel(each, label))) {
          return statements.filter((each) => !hasLabel(each, label))
        }
        throw new QueueParameterError(
          `Value ${label} for parameter Label is invalid. Reason: can't find label.`,
        )
      }),
    }))
    return {}
  },
}
