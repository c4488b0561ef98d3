import type {
  ListMessageMoveTasksRequest,
  ListMessageMoveTasksResult,
  ListMessageMoveTasksResultEntry,
} from '@aws-sdk/client-sqs'
import { QueueResourceNotFoundError } from '../../core/queues/errors.ts'
import { isUnderWay, type QueueMove } from '../../core/queues/queue-move.ts'
import { queueOfArn, taskHandle } from './move-task.ts'
import { numberIn, onQueue } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** The latest first, one unless told. @see Amazon SQS API reference, ListMessageMoveTasks */
export const listMessageMoveTasks: SqsAction<ListMessageMoveTasksRequest, ListMessageMoveTasksResult> = {
  operation: 'ListMessageMoveTasks',
  permissions: (input, call) =>
    onQueue('sqs:ListMessageMoveTasks', queueOfArn('SourceArn', input.SourceArn, call)),
  async run(input, call, { messaging: { metadata } }) {
    const queue = await metadata.queues.queue(queueOfArn('SourceArn', input.SourceArn, call))
    if (queue === undefined) {
      throw new QueueResourceNotFoundError(
        "The resource that you specified for the SourceArn parameter doesn't exist.",
      )
    }
    const moves = await metadata.queues.moves(queue, numberIn('MaxResults', input.MaxResults, [1, 10]) ?? 1)
    return { Results: moves.map(shapeOf) }
  },
}

function shapeOf(move: QueueMove): ListMessageMoveTasksResultEntry {
  const { destination, perSecond, failure } = move
  return {
    // One that is over can't be cancelled.
    ...(isUnderWay(move) && { TaskHandle: taskHandle(move) }),
    Status: move.state,
    SourceArn: move.source,
    ...(destination !== undefined && { DestinationArn: destination }),
    ...(perSecond !== undefined && { MaxNumberOfMessagesPerSecond: perSecond }),
    ApproximateNumberOfMessagesMoved: move.moved,
    ApproximateNumberOfMessagesToMove: move.toMove,
    ...(failure !== undefined && { FailureReason: failure }),
    StartedTimestamp: move.startedAt.getTime(),
  }
}
