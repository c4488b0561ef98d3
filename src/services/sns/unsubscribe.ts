import type { UnsubscribeInput } from '@aws-sdk/client-sns'
import { parseSubscriptionArn } from '../../messaging/topics/topic-arn.ts'
import { unsubscribe as end } from '../../messaging/topics/unsubscribe.ts'
import { onSubscription } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'

/** Ends a subscription; one that isn't there is ended already. @see Amazon SNS API reference, Unsubscribe */
export const unsubscribe: SnsAction<UnsubscribeInput, object> = {
  operation: 'Unsubscribe',
  permissions: (input) => onSubscription('sns:Unsubscribe', input.SubscriptionArn),
  async run(input, _call, { messaging }) {
    await end(messaging, parseSubscriptionArn(input.SubscriptionArn), 'signed')
    return {}
  },
}
