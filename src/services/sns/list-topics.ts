import type { ListTopicsInput, ListTopicsResponse } from '@aws-sdk/client-sns'
import { topicArn } from '../../core/topics/topic.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { onNothing } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'

const pageSize = 100

/** @see Amazon SNS API reference, ListTopics */
export const listTopics: SnsAction<ListTopicsInput, ListTopicsResponse> = {
  operation: 'ListTopics',
  permissions: onNothing('sns:ListTopics'),
  async run(_input, call, { messaging: { metadata } }) {
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: pageSize,
      read: (limit) => metadata.topics.list(call.registry, { after, limit }),
      positionOf: (last) => last.name,
    })
    return {
      Topics: rows.map((topic) => ({ TopicArn: topicArn(topic) })),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }
  },
}
