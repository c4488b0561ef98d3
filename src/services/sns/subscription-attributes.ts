import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import { checkFilterPolicy } from '../../core/topics/filter-policy.ts'
import { scopeOf } from '../../messaging/topics/publish-message.ts'

type Attributes = Readonly<Record<string, string>>

/** SNS knows these; Berth does nothing by them. */
const unoffered = ['DeliveryPolicy', 'RedrivePolicy', 'SubscriptionRoleArn', 'ReplayPolicy']
const known = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery']

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
  const entries = Object.entries({ ...before, ...given }).filter(([, value]) => value !== '')
  const attributes: Attributes = Object.fromEntries(entries)
  check(attributes, prefix)
  return attributes
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
  if (policy !== undefined) checkFilterPolicy(policy, scopeOf(scope), prefix)
}
