import { parseQueueArn } from '../../core/queues/queue.ts'
import { isEmailAddress } from '../../core/topics/email-address.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import type { SubscriptionProtocol } from '../../core/topics/topic.ts'

const offered: readonly string[] = [
  'email',
  'email-json',
  'http',
  'https',
  'sqs',
] satisfies SubscriptionProtocol[]

/** Known to SNS, but with nothing behind them here. */
const unoffered = ['sms', 'application', 'lambda', 'firehose']

/** @throws InvalidTopicParameterError */
export function readProtocol(text: string): SubscriptionProtocol {
  if (isOffered(text)) return text
  if (unoffered.includes(text)) {
    throw new InvalidTopicParameterError(
      `Berth does not send to the protocol ${text}, only to ${offered.join(', ')}`,
    )
  }
  throw new InvalidTopicParameterError(`Amazon SNS does not support this protocol string: ${text}`)
}

function isOffered(text: string): text is SubscriptionProtocol {
  return offered.includes(text)
}

/** @throws InvalidTopicParameterError */
export function readEndpoint(protocol: SubscriptionProtocol, text: string | undefined): string {
  const endpoint = text ?? ''
  if (protocol === 'email' || protocol === 'email-json') {
    if (isEmailAddress(endpoint)) return endpoint
    throw new InvalidTopicParameterError('Email address')
  }
  if (protocol === 'sqs') {
    if (parseQueueArn(endpoint) !== undefined) return endpoint
    throw new InvalidTopicParameterError('SQS endpoint ARN')
  }
  const url = URL.parse(endpoint)
  if (!endpoint.startsWith(`${protocol}://`) || url === null || url.username !== '' || url.password !== '') {
    throw new InvalidTopicParameterError('Endpoint must match the specified protocol')
  }
  return endpoint
}
