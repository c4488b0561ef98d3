import { QueueParameterError } from '../../core/queues/errors.ts'
import type { Queue, QueueMessageAttributes } from '../../core/queues/queue.ts'
import { numberOf } from '../../core/queues/queue-attributes.ts'
import { InvalidMessageAttributeError } from '../../core/topics/errors.ts'
import { type GivenAttribute, readMessageAttributes } from '../../core/topics/message-attributes.ts'
import type { OutgoingMessage } from '../../messaging/queues/send-messages.ts'
import { numberIn } from './requested-queue.ts'

const mostAttributes = 10
const delays = [0, 900] as const

/** What somebody sends. */
export interface GivenQueueMessage {
  readonly MessageBody: string
  readonly DelaySeconds?: number | undefined
  readonly MessageAttributes?: Readonly<Record<string, GivenAttribute>> | undefined
  readonly MessageSystemAttributes?: object | undefined
  readonly MessageDeduplicationId?: string | undefined
  readonly MessageGroupId?: string | undefined
}

/**
 * Reads a message that is sent to a queue.
 *
 * @throws QueueParameterError
 * @see Amazon SQS API reference, SendMessage
 */
export function readQueueMessage(queue: Queue, given: GivenQueueMessage): Omit<OutgoingMessage, 'messageId'> {
  const { MessageBody: body } = given
  if (body === '') throw new QueueParameterError('The request must contain the parameter MessageBody.')
  if (!isText(body))
    throw new QueueParameterError(
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    )
  refuseFifo(given)
  const attributes = readAttributes(given.MessageAttributes)
  const most = numberOf(queue.attributes, 'MaximumMessageSize')
  if (sizeOf({ body, attributes }) > most) {
    throw new QueueParameterError(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    )
  }
  return { body, attributes, delaySeconds: numberIn('DelaySeconds', given.DelaySeconds, delays) }
}

function refuseFifo({
  MessageDeduplicationId: id,
  MessageSystemAttributes: system,
}: GivenQueueMessage): void {
  if (id !== undefined) {
    throw new QueueParameterError(
      `Value ${id} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    )
  }
  if (system !== undefined && Object.keys(system).length > 0) {
    throw new QueueParameterError('Berth does not offer MessageSystemAttributes.')
  }
}

function readAttributes(given: GivenQueueMessage['MessageAttributes']): QueueMessageAttributes {
  if (Object.keys(given ?? {}).length > mostAttributes) {
    throw new QueueParameterError(
      `Number of message attributes [${Object.keys(given ?? {}).length}] exceeds the allowed maximum [${mostAttributes}].`,
    )
  }
  try {
    const read = Object.entries(readMessageAttributes(given))
    return Object.fromEntries(read.map(([name, { Type, Value }]) => [name, { DataType: Type, Value }]))
  } catch (error) {
    if (error instanceof InvalidMessageAttributeError) throw new QueueParameterError(error.message)
    throw error
  }
}

/** Bytes of a message with its attributes. */
export function sizeOf({ body, attributes }: Pick<OutgoingMessage, 'body' | 'attributes'>): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType, Value }]) => [name, DataType, Value])
  return [body, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}

/** Whether XML could hold it. */
function isText(body: string): boolean {
  return body.isWellFormed() && !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(body)
}
