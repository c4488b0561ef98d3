import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import { publishMessage } from '../../messaging/topics/publish-message.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { findTopic } from './find-topic.ts'
import { onTopic } from './permissions.ts'
import { readPublication } from './read-publication.ts'
import type { SnsAction } from './sns-action.ts'

/** Sends a message to all subscribers of a topic. @see Amazon SNS API reference, Publish */
export const publish: SnsAction<PublishInput, PublishResponse> = {
  operation: 'Publish',
  permissions: (input) => onTopic('sns:Publish', ...destination(input)),
  async run(input, _call, { messaging: { metadata, now, newId } }) {
    const topic = parseTopicArn(...destination(input))
    const publication = { ...readPublication(input), id: newId(), topic }
    await metadata.write(async (tx) => {
      await findTopic(tx.topics, topic)
      await publishMessage(tx, publication, now())
    })
    return { MessageId: publication.id }
  },
}

/** The ARN and what its member is called. @throws InvalidTopicParameterError */
function destination(input: {
  readonly TopicArn?: string
  readonly TargetArn?: string
  readonly PhoneNumber?: string
}): readonly [arn: string, field: string] {
  if (input.TopicArn !== undefined) return [input.TopicArn, 'TopicArn']
  if (input.TargetArn !== undefined) return [input.TargetArn, 'TargetArn']
  if (input.PhoneNumber !== undefined)
    throw new InvalidTopicParameterError('PhoneNumber Reason: Berth sends no SMS')
  throw new InvalidTopicParameterError('TopicArn or TargetArn Reason: no value for required parameter')
}
