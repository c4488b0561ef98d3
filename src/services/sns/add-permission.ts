import type { AddPermissionInput } from '@aws-sdk/client-sns'
import { isObject } from '../../core/event-patterns/leaf.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import { topicArn } from '../../core/topics/topic.ts'
import { ownersActions } from '../../core/topics/topic-policy.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { findTopic } from './find-topic.ts'
import { onTopic } from './permissions.ts'
import { changeStatements } from './policy-statements.ts'
import type { SnsAction } from './sns-action.ts'

/** Adds a statement to a topic's policy. @see Amazon SNS API reference, AddPermission */
export const addPermission: SnsAction<AddPermissionInput, object> = {
  operation: 'AddPermission',
  permissions: (input) => onTopic('sns:AddPermission', input.TopicArn),
  async run(input, _call, { messaging: { metadata } }) {
    const actions = input.ActionName.map((name) => `SNS:${name}`)
    if (actions.some((action) => !ownersActions.includes(action))) {
      throw new InvalidTopicParameterError('Policy statement action out of service scope!')
    }
    await metadata.write(async (tx) => {
      const topic = await findTopic(tx.topics, parseTopicArn(input.TopicArn))
      const added = {
        Sid: input.Label,
        Effect: 'Allow',
        Principal: { AWS: input.AWSAccountId.map((id) => `arn:aws:iam::${id}:root`) },
        Action: actions,
        Resource: topicArn(topic),
      }
      const changed = changeStatements(topic, (statements) => {
        if (statements.some((each) => isObject(each) && each.Sid === input.Label)) {
          throw new InvalidTopicParameterError('Statement already exists')
        }
        return [...statements, added]
      })
      await tx.topics.put(changed)
    })
    return {}
  },
}
