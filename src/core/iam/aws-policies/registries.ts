import { type AwsPolicy, allow, allowServiceRole } from './aws-policy.ts'

const reading = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:GetRepositoryPolicy',
  'ecr:DescribeRepositories',
  'ecr:ListImages',
  'ecr:DescribeImages',
  'ecr:BatchGetImage',
  'ecr:GetLifecyclePolicy',
  'ecr:GetLifecyclePolicyPreview',
  'ecr:ListTagsForResource',
  'ecr:DescribeImageScanFindings',
]

const pushing = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage']

/** @see Amazon ECR user guide, "AWS managed policies for Amazon Elastic Container Registry" */
export const registryPolicies: readonly AwsPolicy[] = [
  {
    name: 'AmazonEC2ContainerRegistryFullAccess',
    description: 'Everything about registries.',
    statements: [
      allow('ecr:*', 'cloudtrail:LookupEvents'),
      allowServiceRole('replication.ecr.amazonaws.com'),
    ],
  },
  {
    name: 'AmazonEC2ContainerRegistryPowerUser',
    description: 'Reading and pushing, without changing policies or deleting repositories.',
    statements: [allow(...reading, ...pushing)],
  },
  {
    name: 'AmazonEC2ContainerRegistryPullOnly',
    description: 'Pulling.',
    statements: [
      allow(
        'ecr:GetAuthorizationToken',
        'ecr:BatchImportUpstreamImage',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ),
    ],
  },
  {
    name: 'AmazonEC2ContainerRegistryReadOnly',
    description: 'Reading.',
    statements: [allow(...reading)],
  },
]
