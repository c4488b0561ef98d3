import type { SetSubscriptionAttributesInput } from '@aws-sdk/client-sns'
import { SubscriptionNotFoundError } from '../../core/topics/errors.ts'
import { parseSubscriptionArn } from '../../messaging/topics/topic-arn.ts'
import { onSubscription } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { withSubscriptionAttributes } from './subscription-attributes.ts'

/** @see Amazon SNS API reference, SetSubscriptionAttributes */
export const setSubscriptionAttributes: SnsAction<SetSubscriptionAttributesInput, object> = {
  operation: 'SetSubscriptionAttributes',
  permissions: (input) => onSubscription('sns:SetSubscriptionAttributes', input.SubscriptionArn),
  async run(input, _call, { messaging: { metadata } }) {
    const key = parseSubscriptionArn(input.SubscriptionArn)
    const given = { [input.AttributeName]: input.AttributeValue ?? '' }
    await metadata.write(async (tx) => {
      const found = await tx.topics.subscription(key)
      if (found === undefined) throw new SubscriptionNotFoundError()
      const attributes = withSubscriptionAttributes(found.attributes, given)
      await tx.topics.putSubscription({ ...found, attributes })
    })
    return {}
  },
}
