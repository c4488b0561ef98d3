import type { AddPermissionRequest } from '@aws-sdk/client-sqs'
import { isAccountId } from '../../core/names/account-id.ts'
import { QueueParameterError } from '../../core/queues/errors.ts'
import { queueArn } from '../../core/queues/queue.ts'
import { changeQueueAttributes } from '../../messaging/queues/queues.ts'
import { hasLabel, policyWith } from './queue-statements.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** Adds a statement to a queue's policy. @see Amazon SQS API reference, AddPermission */
export const addPermission: SqsAction<AddPermissionRequest, object> = {
  operation: 'AddPermission',
  permissions: (input, call) => onQueue('sqs:AddPermission', queueAt(input.QueueUrl, call)),
  async run({ QueueUrl: url, Label: label, AWSAccountIds: accounts, Actions: actions }, call, { messaging }) {
    const stranger = accounts.find((account) => !isAccountId(account))
    if (stranger !== undefined) {
      throw new QueueParameterError(
        `Value ${stranger} for parameter PrincipalId is invalid. Reason: Unable to verify.`,
      )
    }
    const other = actions.find((action) => !offered.includes(action))
    if (other !== undefined) {
      throw new QueueParameterError(
        `Value SQS:${other} for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.`,
      )
    }
    await changeQueueAttributes(messaging, queueAt(url, call), (queue) => ({
      Policy: policyWith(queue, (statements) => {
        if (statements.some((each) => hasLabel(each, label))) {
          throw new QueueParameterError(
            `Value ${label} for parameter Label is invalid. Reason: Already exists.`,
          )
        }
        const Principal = { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) }
        const Action = actions.map((action) => `SQS:${action}`)
        return [...statements, { Sid: label, Effect: 'Allow', Principal, Action, Resource: queueArn(queue) }]
      }),
    }))
    return {}
  },
}

/** @see Amazon SQS API reference, AddPermission, Actions */
const offered: readonly string[] = [
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
]
