import type { StartMessageMoveTaskRequest, StartMessageMoveTaskResult } from '@aws-sdk/client-sqs'
import { startMove } from '../../messaging/queues/move-messages.ts'
import { queueOfArn, taskHandle } from './move-task.ts'
import { numberIn, onQueue } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** Moves what is in a dead-letter queue back, as whoever may take it out and send it there. @see Amazon SQS API reference, StartMessageMoveTask */
export const startMessageMoveTask: SqsAction<StartMessageMoveTaskRequest, StartMessageMoveTaskResult> = {
  operation: 'StartMessageMoveTask',
  permissions({ SourceArn: source, DestinationArn: destination }, call) {
    const queue = queueOfArn('SourceArn', source, call)
    const taking = ['sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'] as const
    const sending =
      destination === undefined
        ? []
        : onQueue('sqs:SendMessage', queueOfArn('DestinationArn', destination, call))
    return [...taking.flatMap((action) => onQueue(action, queue)), ...sending]
  },
  async run(input, call, { messaging }) {
    const perSecond = numberIn('MaxNumberOfMessagesPerSecond', input.MaxNumberOfMessagesPerSecond, [1, 500])
    const how = { destination: input.DestinationArn, perSecond }
    const move = await startMove(messaging, queueOfArn('SourceArn', input.SourceArn, call), how)
    return { TaskHandle: taskHandle(move) }
  },
}
