import { parseAccountId } from '../names/account-id.ts'
import type { ManagedPolicy } from './managed-policy.ts'

const readActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:DescribeImageScanFindings',
  'ecr:DescribeImages',
  'ecr:DescribeRepositories',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'ecr:GetLifecyclePolicy',
  'ecr:GetLifecyclePolicyPreview',
  'ecr:GetRepositoryPolicy',
  'ecr:ListImages',
  'ecr:ListTagsForResource',
]

const pushActions = [
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
]

/**
 * AWS's own policies by name: what each lets its holder do to what this server offers.
 *
 * @see Amazon ECR user guide, "AWS managed policies for Amazon Elastic Container Registry"
 */
const actionsByName: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  AmazonEC2ContainerRegistryFullAccess: ['ecr:*'],
  AmazonEC2ContainerRegistryPowerUser: [...readActions, ...pushActions],
  AmazonEC2ContainerRegistryPullOnly: [
    'ecr:BatchGetImage',
    'ecr:BatchImportUpstreamImage',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
  ],
  AmazonEC2ContainerRegistryReadOnly: readActions,
}

const owner = parseAccountId('000000000000')
const since = new Date('2026-01-01T00:00:00.000Z')

/** AWS's own policies, each in one version. */
export const awsManagedPolicies: ReadonlyMap<string, { policy: ManagedPolicy; document: string }> = new Map(
  Object.entries(actionsByName).map(([name, actions]) => {
    const arn = `arn:aws:iam::aws:policy/${name}`
    return [arn, { policy: describe(name, arn), document: documentOf(actions) }]
  }),
)

function describe(name: string, arn: string): ManagedPolicy {
  const versions = { defaultVersion: 1, lastVersion: 1, createdAt: since, updatedAt: since }
  const id = `ANPA${name.toUpperCase().slice(0, 17).padEnd(17, 'A')}`
  return { arn, id, account: owner, name, path: '/', description: undefined, ...versions }
}

function documentOf(actions: readonly string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}
