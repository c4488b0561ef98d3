import type { Message, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs'
import type { QueueMessage, QueueMessageAttributes } from '../../core/queues/queue.ts'
import { digestOfAttributes, digestOfBody } from '../../messaging/queues/digests.ts'
import { receiveMessages } from '../../messaging/queues/receive-messages.ts'
import { writeReceipt } from './receipt-handle.ts'
import { numberIn, onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** Receives up to ten messages, or waits for the first. @see Amazon SQS API reference, ReceiveMessage */
export const receiveMessage: SqsAction<ReceiveMessageRequest, ReceiveMessageResult> = {
  operation: 'ReceiveMessage',
  permissions: (input, call) => onQueue('sqs:ReceiveMessage', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging }) {
    const messages = await receiveMessages(messaging, queueAt(input.QueueUrl, call), {
      limit: numberIn('MaxNumberOfMessages', input.MaxNumberOfMessages, [1, 10]) ?? 1,
      visibilitySeconds: numberIn('VisibilityTimeout', input.VisibilityTimeout, [0, 43_200]),
      waitSeconds: numberIn('WaitTimeSeconds', input.WaitTimeSeconds, [0, 20]),
    })
    const system = new Set<string>([
      ...(input.AttributeNames ?? []),
      ...(input.MessageSystemAttributeNames ?? []),
    ])
    const isAsked = nameFilter(input.MessageAttributeNames ?? [])
    return messages.length === 0
      ? {}
      : { Messages: messages.map((message) => shape(message, system, isAsked)) }
  },
}

/** Names, `All`, or beginnings of names with `.*` behind them. */
function nameFilter(asked: readonly string[]): (name: string) => boolean {
  const prefixes = asked.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2))
  const isAll = asked.includes('All') || asked.includes('.*')
  return (name) => isAll || asked.includes(name) || prefixes.some((prefix) => name.startsWith(prefix))
}

function shape(
  message: QueueMessage,
  system: ReadonlySet<string>,
  isAsked: (name: string) => boolean,
): Message {
  const named = Object.entries(message.attributes).filter(([name]) => isAsked(name))
  const attributes: QueueMessageAttributes = Object.fromEntries(named)
  const digest = digestOfAttributes(attributes)
  const facts = Object.entries(systemAttributes(message)).filter(
    ([name]) => system.has('All') || system.has(name),
  )
  return {
    MessageId: message.messageId,
    ReceiptHandle: writeReceipt(message),
    MD5OfBody: digestOfBody(message.body),
    Body: message.body,
    ...(facts.length > 0 && { Attributes: Object.fromEntries(facts) }),
    ...(digest !== undefined && {
      MD5OfMessageAttributes: digest,
      MessageAttributes: Object.fromEntries(
        named.map(([name, attribute]) => [name, attributeShape(attribute)]),
      ),
    }),
  }
}

function attributeShape({ DataType, Value }: QueueMessageAttributes[string]) {
  return DataType.startsWith('Binary')
    ? { DataType, BinaryValue: Buffer.from(Value, 'base64') }
    : { DataType, StringValue: Value }
}

function systemAttributes(message: QueueMessage): Record<string, string> {
  const { sender, sentAt, receives, firstReceivedAt, source } = message
  return {
    SenderId: sender,
    SentTimestamp: String(sentAt.getTime()),
    ApproximateReceiveCount: String(receives),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt.getTime()),
    ...(source !== undefined && { DeadLetterQueueSourceArn: source }),
  }
}
