import { isObject } from '../../core/event-patterns/leaf.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import {
  type GivenAttribute,
  type MessageAttributes,
  readMessageAttributes,
} from '../../core/topics/message-attributes.ts'
import type { Publication } from '../../messaging/topics/publish-message.ts'

/** Bytes of a message with its attributes. */
const mostBytes = 256 * 1024
/** Up to a hundred printable characters of ASCII. */
const subjectPattern = /^[!-~][ -~]{0,99}$/

/** What a caller publishes. */
interface GivenMessage {
  readonly Message?: string | undefined
  readonly Subject?: string | undefined
  readonly MessageStructure?: string | undefined
  readonly MessageAttributes?: Readonly<Record<string, GivenAttribute>> | undefined
  readonly MessageGroupId?: string | undefined
  readonly MessageDeduplicationId?: string | undefined
}

/**
 * Reads what is published.
 *
 * @throws InvalidTopicParameterError, InvalidMessageAttributeError
 * @see Amazon SNS API reference, Publish
 */
export function readPublication(given: GivenMessage): Omit<Publication, 'id' | 'topic'> {
  const { Message: message = '', Subject: subject, MessageStructure: structure } = given
  if (message === '') throw new InvalidTopicParameterError('Empty message')
  if (subject !== undefined && !subjectPattern.test(subject)) throw new InvalidTopicParameterError('Subject')
  if (given.MessageDeduplicationId !== undefined) {
    throw new InvalidTopicParameterError('MessageDeduplicationId Reason: The topic is no FIFO topic')
  }
  const attributes = readMessageAttributes(given.MessageAttributes)
  if (sizeOf(message, attributes) > mostBytes) throw new InvalidTopicParameterError('Message too long')
  return { subject, attributes, bodies: readBodies(message, structure) }
}

function readBodies(message: string, structure: string | undefined): Publication['bodies'] {
  if (structure === undefined) return { default: message }
  if (structure !== 'json') throw new InvalidTopicParameterError('MessageStructure')
  const bodies = parse(message)
  if (!isObject(bodies)) {
    throw new InvalidTopicParameterError('Message Structure - JSON message body failed to parse')
  }
  const texts = Object.entries(bodies).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const byProtocol: Readonly<Record<string, string>> = Object.fromEntries(texts)
  const { default: fallback } = byProtocol
  if (fallback === undefined) {
    throw new InvalidTopicParameterError('Message Structure - No default entry in JSON message body')
  }
  return { ...byProtocol, default: fallback }
}

function sizeOf(message: string, attributes: MessageAttributes): number {
  const texts = Object.entries(attributes).flatMap(([name, { Type: type, Value: value }]) => [
    name,
    type,
    value,
  ])
  return [message, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
