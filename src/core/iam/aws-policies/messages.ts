import { type AwsPolicy, allow, allowPassing, allowServiceRole } from './aws-policy.ts'

/** @see AWS managed policy reference guide */
export const messagePolicies: readonly AwsPolicy[] = [
  {
    name: 'AmazonEventBridgeFullAccess',
    description: 'Everything about event buses, rules and their targets.',
    statements: [
      allow('events:*', 'schemas:*', 'scheduler:*', 'pipes:*'),
      allowServiceRole('apidestinations.events.amazonaws.com'),
      allowPassing('events.amazonaws.com'),
    ],
  },
  {
    name: 'AmazonEventBridgeReadOnlyAccess',
    description: 'Reading event buses, rules and their targets.',
    statements: [allow('events:Describe*', 'events:List*', 'events:TestEventPattern')],
  },
  {
    name: 'AmazonSNSFullAccess',
    description: 'Everything about topics.',
    statements: [allow('sns:*')],
  },
  {
    name: 'AmazonSNSReadOnlyAccess',
    description: 'Reading topics and subscriptions.',
    statements: [allow('sns:GetTopicAttributes', 'sns:GetSubscriptionAttributes', 'sns:List*')],
  },
  {
    name: 'AmazonSQSFullAccess',
    description: 'Everything about queues.',
    statements: [allow('sqs:*')],
  },
  {
    name: 'AmazonSQSReadOnlyAccess',
    description: 'Reading what queues there are.',
    statements: [
      allow(
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ListDeadLetterSourceQueues',
        'sqs:ListQueues',
        'sqs:ListMessageMoveTasks',
        'sqs:ListQueueTags',
      ),
    ],
  },
  {
    name: 'CloudWatchLogsFullAccess',
    description: 'Everything about logs.',
    statements: [allow('logs:*')],
  },
  {
    name: 'CloudWatchLogsReadOnlyAccess',
    description: 'Reading logs.',
    statements: [
      allow(
        ...['logs:Describe*', 'logs:Get*', 'logs:List*', 'logs:FilterLogEvents'],
        ...['logs:StartQuery', 'logs:StopQuery', 'logs:StartLiveTail', 'logs:StopLiveTail'],
        'logs:TestMetricFilter',
      ),
    ],
  },
]
