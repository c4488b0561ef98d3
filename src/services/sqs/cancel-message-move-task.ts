import type { CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult } from '@aws-sdk/client-sqs'
import { cancelMove } from '../../messaging/queues/move-messages.ts'
import { queueOfArn, readTaskHandle } from './move-task.ts'
import { onQueue } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** What was moved by then stays where it is. @see Amazon SQS API reference, CancelMessageMoveTask */
export const cancelMessageMoveTask: SqsAction<CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult> = {
  operation: 'CancelMessageMoveTask',
  permissions(input, call) {
    const { source } = readTaskHandle(input.TaskHandle)
    return onQueue('sqs:CancelMessageMoveTask', queueOfArn('SourceArn', source, call))
  },
  async run(input, _call, { messaging }) {
    const { id, source } = readTaskHandle(input.TaskHandle)
    const { moved } = await cancelMove(messaging, { id, source })
    return { ApproximateNumberOfMessagesMoved: moved }
  },
}
