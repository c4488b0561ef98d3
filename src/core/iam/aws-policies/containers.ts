import { type AwsPolicy, allow, allowPassing, allowServiceRole } from './aws-policy.ts'

const tasks = 'ecs-tasks.amazonaws.com'

/** @see Amazon ECS developer guide, "AWS managed policies for Amazon Elastic Container Service" */
export const containerPolicies: readonly AwsPolicy[] = [
  {
    name: 'AmazonECS_FullAccess',
    description: 'Everything about clusters, services and tasks.',
    statements: [
      allow(
        'ecs:*',
        ...['events:DeleteRule', 'events:DescribeRule', 'events:ListRuleNamesByTarget'],
        ...['events:ListTargetsByRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'],
        ...['iam:ListAttachedRolePolicies', 'iam:ListInstanceProfiles', 'iam:ListRoles'],
        ...['logs:CreateLogGroup', 'logs:DescribeLogGroups', 'logs:FilterLogEvents'],
      ),
      allowPassing(tasks),
      allowServiceRole('ecs.amazonaws.com'),
    ],
  },
  {
    name: 'AmazonECSTaskExecutionRolePolicy',
    path: '/service-role/',
    description: 'What starting a task takes: its image, and a place for its log.',
    statements: [
      allow(
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ),
    ],
  },
  {
    name: 'AmazonEC2ContainerServiceEventsRole',
    path: '/service-role/',
    description: 'What a rule needs that runs tasks.',
    statements: [
      allow('ecs:RunTask'),
      allowPassing(tasks),
      { ...allow('ecs:TagResource'), Condition: { StringEquals: { 'ecs:CreateAction': ['RunTask'] } } },
    ],
  },
]
