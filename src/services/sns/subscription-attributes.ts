import { readDeliveryPolicy } from '../../core/topics/delivery-policy.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import { checkFilterPolicy } from '../../core/topics/filter-policy.ts'
import { deadLetterArn } from '../../messaging/deliver/dead-letter.ts'
import { scopeOf } from '../../messaging/topics/publish-message.ts'

type Attributes = Readonly<Record<string, string>>

/** SNS knows these; Berth does nothing by them. */
const unoffered = ['SubscriptionRoleArn', 'ReplayPolicy']
const known = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'DeliveryPolicy']

/**
 * A subscription's attributes with others set; an empty value takes one away.
 *
 * @param prefix what stands before the error's text: `Attributes Reason: ` when they come with Subscribe
 * @throws InvalidTopicParameterError
 */
export function withSubscriptionAttributes(before: Attributes, given: Attributes, prefix = ''): Attributes {
  for (const name of Object.keys(given)) {
    if (unoffered.includes(name))
      throw new InvalidTopicParameterError(`${prefix}${name}: Berth does not offer it`)
    if (!known.includes(name)) throw new InvalidTopicParameterError(`${prefix}AttributeName`)
  }
  const entries = Object.entries({ ...before, ...given }).filter(([name, value]) => !isNothing(name, value))
  const attributes: Attributes = Object.fromEntries(entries)
  check(attributes, prefix)
  return attributes
}

/** A filter policy that asks for nothing is none. @see Amazon SNS developer guide, "Removing a subscription filter policy in Amazon SNS" */
function isNothing(name: string, value: string): boolean {
  return value === '' || (name === 'FilterPolicy' && /^\s*\{\s*\}\s*$/.test(value))
}

function check(attributes: Attributes, prefix: string): void {
  const { FilterPolicy: policy, FilterPolicyScope: scope, RawMessageDelivery: raw } = attributes
  if (raw !== undefined && raw !== 'true' && raw !== 'false') {
    throw new InvalidTopicParameterError(
      `${prefix}RawMessageDelivery: Invalid value [${raw}]. Must be true or false.`,
    )
  }
  if (scope !== undefined && scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw new InvalidTopicParameterError(
      `${prefix}FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`,
    )
  }
  const { RedrivePolicy: redrive } = attributes
  if (redrive !== undefined && deadLetterArn(redrive) === undefined) {
    throw new InvalidTopicParameterError(`${prefix}RedrivePolicy: deadLetterTargetArn is an invalid arn`)
  }
  if (attributes.DeliveryPolicy !== undefined) {
    readDeliveryPolicy(attributes.DeliveryPolicy, 'subscription', prefix)
  }
  if (policy !== undefined) checkFilterPolicy(policy, scopeOf(scope), prefix)
}
