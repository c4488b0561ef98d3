import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import type { SubscriptionKey, TopicKey } from '../../core/topics/topic.ts'

const elements = 6

/**
 * The topic that an ARN names.
 *
 * @param field as SNS spells it in the message: `TopicArn`
 * @throws InvalidTopicParameterError
 */
export function parseTopicArn(text: string, field = 'TopicArn'): TopicKey {
  const parts = splitArn(text, field)
  const topic = parts.length === elements ? topicOf(parts) : undefined
  if (topic === undefined) throw new InvalidTopicParameterError(field)
  return topic
}

/** The subscription that an ARN names. @throws InvalidTopicParameterError */
export function parseSubscriptionArn(text: string): SubscriptionKey {
  const parts = splitArn(text, 'SubscriptionArn')
  const topic = topicOf(parts)
  const id = parts[elements] ?? ''
  if (topic === undefined || parts.length !== elements + 1)
    throw new InvalidTopicParameterError('SubscriptionArn')
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new InvalidTopicParameterError('SubscriptionId')
  return { topic, id }
}

function splitArn(text: string, field: string): readonly string[] {
  const parts = text.split(':')
  if (parts.length >= elements) return parts
  throw new InvalidTopicParameterError(
    `${field} Reason: An ARN must have at least ${elements} elements, not ${parts.length}`,
  )
}

function topicOf([arn, , service, region = '', account = '', name = '']: readonly string[]):
  | TopicKey
  | undefined {
  if (arn !== 'arn' || service !== 'sns' || !isRegion(region) || !isAccountId(account)) return undefined
  return /^[A-Za-z0-9_-]{1,256}$/.test(name) ? { account, region, name } : undefined
}
