import { type AwsPolicy, allow } from './aws-policy.ts'

/** @see AWS managed policy reference guide */
export const generalPolicies: readonly AwsPolicy[] = [
  {
    name: 'AdministratorAccess',
    description: 'Everything in the account.',
    statements: [allow('*')],
  },
  {
    name: 'PowerUserAccess',
    description: 'Everything but users, groups, roles and policies.',
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow('iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles'),
    ],
  },
  {
    name: 'ReadOnlyAccess',
    description: 'Reading everything in the account.',
    statements: [
      allow(
        ...['ecr:BatchCheck*', 'ecr:BatchGet*', 'ecr:Describe*', 'ecr:Get*', 'ecr:List*'],
        ...['ecs:Describe*', 'ecs:List*'],
        ...['events:Describe*', 'events:List*', 'events:Test*'],
        ...['iam:Generate*', 'iam:Get*', 'iam:List*', 'iam:Simulate*'],
        ...['logs:Describe*', 'logs:FilterLogEvents', 'logs:Get*', 'logs:List*', 'logs:TestMetricFilter'],
        ...['sns:Check*', 'sns:Get*', 'sns:List*'],
        ...['sqs:Get*', 'sqs:List*'],
        ...['sts:GetAccessKeyInfo', 'sts:GetCallerIdentity', 'sts:GetSessionToken'],
      ),
    ],
  },
  {
    name: 'ViewOnlyAccess',
    path: '/job-function/',
    description: 'Seeing what there is in the account, not what is in it.',
    statements: [
      allow(
        ...['ecr:DescribeRepositories', 'ecr:ListImages', 'ecs:Describe*', 'ecs:List*'],
        ...['events:ListRuleNamesByTarget', 'events:ListRules', 'events:ListTargetsByRule'],
        ...['iam:GetAccountSummary', 'iam:List*'],
        ...['logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'sns:List*', 'sqs:ListQueues'],
      ),
    ],
  },
  {
    name: 'IAMFullAccess',
    description: 'Everything about users, groups, roles and policies.',
    statements: [allow('iam:*')],
  },
  {
    name: 'IAMReadOnlyAccess',
    description: 'Reading users, groups, roles and policies.',
    statements: [
      allow(
        'iam:Generate*',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ),
    ],
  },
]
