/** Below it lie the roles that belong to AWS's services. */
export const serviceRolePath = '/aws-service-role/'

/** What a service calls its own role, and what it is for. */
interface LinkedRole {
  readonly name: string
  readonly description: string
}

/**
 * The services here that have a role of their own, by the names they call themselves.
 *
 * @see Amazon ECR user guide, "Using service-linked roles"; Amazon ECS developer guide, "Using service-linked roles"
 */
export const linkedRoles: ReadonlyMap<string, LinkedRole> = new Map([
  ['ecs.amazonaws.com', { name: 'AWSServiceRoleForECS', description: 'Lets Amazon ECS run clusters' }],
  [
    'replication.ecr.amazonaws.com',
    { name: 'AWSServiceRoleForECRReplication', description: 'Lets Amazon ECR replicate images' },
  ],
  [
    'pullthroughcache.ecr.amazonaws.com',
    {
      name: 'AWSServiceRoleForECRPullThroughCache',
      description: 'Lets Amazon ECR bring images from upstream registries',
    },
  ],
  [
    'ecr-creation-template.ecr.amazonaws.com',
    { name: 'AWSServiceRoleForECRTemplate', description: 'Lets Amazon ECR apply creation templates' },
  ],
  [
    'apidestinations.events.amazonaws.com',
    {
      name: 'AWSServiceRoleForAmazonEventBridgeApiDestinations',
      description: 'Lets Amazon EventBridge use the secrets of connections',
    },
  ],
])

/** The trust policy of a service's own role: that service alone assumes it. */
export function trustOf(service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** `/aws-service-role/ecs.amazonaws.com/` */
export function pathOfService(service: string): string {
  return `${serviceRolePath}${service}/`
}
