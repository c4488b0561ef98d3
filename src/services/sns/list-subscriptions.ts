import type { ListSubscriptionsInput, ListSubscriptionsResponse } from '@aws-sdk/client-sns'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { onNothing } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { subscriptionShape } from './subscription-shape.ts'

const pageSize = 100

/** @see Amazon SNS API reference, ListSubscriptions */
export const listSubscriptions: SnsAction<ListSubscriptionsInput, ListSubscriptionsResponse> = {
  operation: 'ListSubscriptions',
  permissions: onNothing('sns:ListSubscriptions'),
  async run(_input, call, { messaging: { metadata } }) {
    const after = namePosition(call.pages)
    const { account, region } = call.registry
    const { rows, nextToken } = await readPage(call, {
      size: pageSize,
      read: (limit) => metadata.topics.subscriptions({ account, region }, { after, limit }),
      positionOf: (last) => last.id,
    })
    return {
      Subscriptions: rows.map(subscriptionShape),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }
  },
}
