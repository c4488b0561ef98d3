import type { SubscribeInput, SubscribeResponse } from '@aws-sdk/client-sns'
import { subscriptionArn } from '../../core/topics/topic.ts'
import { subscribe as ask } from '../../messaging/topics/subscribe.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { readEndpoint, readProtocol } from './endpoint.ts'
import { onTopicKey } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { withSubscriptionAttributes } from './subscription-attributes.ts'

/** Subscribes an address, which is then asked. @see Amazon SNS API reference, Subscribe */
export const subscribe: SnsAction<SubscribeInput, SubscribeResponse> = {
  operation: 'Subscribe',
  permissions: ({ TopicArn: arn, Protocol: protocol, Endpoint: endpoint }) =>
    onTopicKey('sns:Subscribe', parseTopicArn(arn), {
      'sns:Protocol': protocol,
      ...(endpoint !== undefined && { 'sns:Endpoint': endpoint }),
    }),
  async run(input, call, { messaging }) {
    const protocol = readProtocol(input.Protocol)
    const subscription = await ask(messaging, {
      topic: parseTopicArn(input.TopicArn),
      protocol,
      endpoint: readEndpoint(protocol, input.Endpoint),
      principal: call.caller.arn,
      attributes: withSubscriptionAttributes({}, input.Attributes ?? {}, 'Attributes Reason: '),
      address: call.endpoint,
    })
    const isShown = subscription.confirmation !== undefined || input.ReturnSubscriptionArn === true
    return { SubscriptionArn: isShown ? subscriptionArn(subscription) : 'pending confirmation' }
  },
}
