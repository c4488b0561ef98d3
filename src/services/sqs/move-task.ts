import { QueueParameterError, QueueResourceNotFoundError } from '../../core/queues/errors.ts'
import { parseQueueArn, type QueueKey } from '../../core/queues/queue.ts'
import type { Call } from '../service.ts'

/** The queue that an ARN names, of the caller's registry. @throws QueueParameterError, QueueResourceNotFoundError */
export function queueOfArn(name: string, arn: string, { registry }: Call): QueueKey {
  const key = parseQueueArn(arn)
  if (key === undefined) {
    throw new QueueParameterError(
      `You must use this format to specify the ${name}: arn:aws:sqs:region:account:name`,
    )
  }
  if (key.account === registry.account && key.region === registry.region) return key
  throw new QueueResourceNotFoundError(
    `The resource that you specified for the ${name} parameter doesn't exist.`,
  )
}

/** As SQS does: who has it sees what it is made of. */
export function taskHandle({ id, source }: { readonly id: string; readonly source: string }): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn: source })).toString('base64')
}

/** @throws QueueParameterError for what is none */
export function readTaskHandle(handle: string): { readonly id: string; readonly source: string } {
  const text = Buffer.from(handle, 'base64').toString()
  const [, id, source] = /^\{"taskId":"([\w-]{1,64})","sourceArn":"([\w:-]{1,256})"\}$/.exec(text) ?? []
  if (id !== undefined && source !== undefined) return { id, source }
  throw new QueueParameterError('Value for parameter TaskHandle is invalid.')
}
