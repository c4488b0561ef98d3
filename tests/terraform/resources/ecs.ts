import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  ServiceNotFoundException,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateClusterCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { vi } from 'vitest'
import { differ, type Resource, unlessGone } from '../resource.ts'

const patience = { timeout: 30_000, interval: 100 }
type Tags = Readonly<Record<string, string>>

export interface ClusterAttributes {
  readonly containerInsights: string
  readonly tags: Tags
}

/** `aws_ecs_cluster` */
export function clusterResource(ecs: ECSClient, clusterName: string): Resource<ClusterAttributes> {
  const arn = `arn:aws:ecs:us-east-1:000000000000:cluster/${clusterName}`
  const settings = ({ containerInsights: value }: ClusterAttributes) => [
    { name: 'containerInsights' as const, value },
  ]
  return {
    async create(wanted) {
      await ecs.send(
        new CreateClusterCommand({ clusterName, settings: settings(wanted), tags: tagList(wanted.tags) }),
      )
    },
    async read() {
      const include = ['TAGS', 'CONFIGURATIONS', 'SETTINGS'] as const
      const { clusters: [cluster] = [] } = await ecs.send(
        new DescribeClustersCommand({ clusters: [arn], include: [...include] }),
      )
      if (cluster === undefined || cluster.status === 'INACTIVE') return undefined
      return { containerInsights: cluster.settings?.[0]?.value ?? '', tags: tagMap(cluster.tags) }
    },
    async update(before, wanted) {
      if (before.containerInsights !== wanted.containerInsights)
        await ecs.send(new UpdateClusterCommand({ cluster: arn, settings: settings(wanted) }))
      await retag(ecs, arn, { before: before.tags, wanted: wanted.tags })
    },
    destroy: async () => void (await ecs.send(new DeleteClusterCommand({ cluster: arn }))),
  }
}

export type DefinitionAttributes = Pick<
  RegisterTaskDefinitionCommandInput,
  'containerDefinitions' | 'cpu' | 'memory' | 'networkMode' | 'placementConstraints' | 'volumes'
> & { readonly tags: Tags }

/** `aws_ecs_task_definition`: every change but one of tags makes a new revision, and takes the old one away. */
export function definitionResource(ecs: ECSClient, family: string): Resource<DefinitionAttributes> {
  let arn = ''
  const create = async ({ tags, ...wanted }: DefinitionAttributes) => {
    const register = new RegisterTaskDefinitionCommand({ family, ...wanted, tags: tagList(tags) })
    arn = (await ecs.send(register)).taskDefinition?.taskDefinitionArn ?? ''
  }
  const destroy = async () =>
    void (await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })))
  return {
    create,
    destroy,
    async read() {
      const describe = new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] })
      const { taskDefinition: known, tags } = await ecs.send(describe)
      if (known === undefined || known.status === 'INACTIVE') return undefined
      const { containerDefinitions, cpu, memory, networkMode, placementConstraints, volumes } = known
      return {
        containerDefinitions,
        cpu,
        memory,
        networkMode,
        placementConstraints,
        volumes,
        tags: tagMap(tags),
      }
    },
    async update(before, wanted) {
      if (!differ({ ...before, tags: {} }, { ...wanted, tags: {} }))
        return retag(ecs, arn, { before: before.tags, wanted: wanted.tags })
      await destroy()
      await create(wanted)
    },
  }
}

export interface ServiceAttributes {
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly deploymentMaximumPercent: number
  readonly deploymentMinimumHealthyPercent: number
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean }
  readonly enableEcsManagedTags: boolean
  readonly enableExecuteCommand: boolean
  readonly propagateTags: 'NONE' | 'SERVICE' | 'TASK_DEFINITION'
  readonly orderedPlacementStrategy: { type: 'spread' | 'binpack'; field: string }[]
  readonly placementConstraints: { type: 'memberOf'; expression: string }[]
  readonly tags: Tags
}

/** `aws_ecs_service` */
export function serviceResource(ecs: ECSClient, serviceName: string): Resource<ServiceAttributes> {
  const cluster = 'default'
  const arn = `arn:aws:ecs:us-east-1:000000000000:service/${cluster}/${serviceName}`
  const inputOf = (wanted: ServiceAttributes) => ({
    taskDefinition: wanted.taskDefinition,
    desiredCount: wanted.desiredCount,
    deploymentConfiguration: {
      maximumPercent: wanted.deploymentMaximumPercent,
      minimumHealthyPercent: wanted.deploymentMinimumHealthyPercent,
      deploymentCircuitBreaker: wanted.circuitBreaker,
    },
    enableECSManagedTags: wanted.enableEcsManagedTags,
    enableExecuteCommand: wanted.enableExecuteCommand,
    propagateTags: wanted.propagateTags,
    placementStrategy: wanted.orderedPlacementStrategy,
    placementConstraints: wanted.placementConstraints,
  })
  const find = async () => {
    const describe = new DescribeServicesCommand({ cluster, services: [arn], include: ['TAGS'] })
    return (await ecs.send(describe)).services?.[0]
  }
  return {
    async create(wanted) {
      const create = new CreateServiceCommand({
        cluster,
        serviceName,
        clientToken: 'terraform-20260301080000000000000001',
        deploymentController: { type: 'ECS' },
        availabilityZoneRebalancing: 'DISABLED',
        launchType: 'EC2',
        schedulingStrategy: 'REPLICA',
        ...inputOf(wanted),
        tags: tagList(wanted.tags),
      })
      await ecs.send(create)
    },
    async read() {
      const known = await find()
      if (known === undefined || known.status !== 'ACTIVE') return undefined
      return attributesOf(known)
    },
    async update(before, wanted) {
      const [old, now] = [inputOf(before), inputOf(wanted)]
      const changed = Object.entries(now).filter(([name, value]) => differ(Reflect.get(old, name), value))
      const update = { cluster, service: arn, forceNewDeployment: false, ...Object.fromEntries(changed) }
      if (changed.length > 0) await ecs.send(new UpdateServiceCommand(update))
      await retag(ecs, arn, { before: before.tags, wanted: wanted.tags })
    },
    async destroy() {
      const known = await find()
      if (known?.status === 'ACTIVE')
        await ecs.send(new UpdateServiceCommand({ cluster, service: arn, desiredCount: 0 }))
      await unlessGone(
        ecs.send(new DeleteServiceCommand({ cluster, service: arn })),
        ServiceNotFoundException,
      )
      await vi.waitUntil(async () => (await find())?.status === 'INACTIVE', patience)
    },
  }
}

function attributesOf(known: Service): ServiceAttributes {
  const { deploymentConfiguration: configuration, propagateTags = 'NONE' } = known
  const { enable = false, rollback = false } = configuration?.deploymentCircuitBreaker ?? {}
  return {
    taskDefinition: known.taskDefinition ?? '',
    desiredCount: known.desiredCount ?? -1,
    deploymentMaximumPercent: configuration?.maximumPercent ?? -1,
    deploymentMinimumHealthyPercent: configuration?.minimumHealthyPercent ?? -1,
    circuitBreaker: { enable, rollback },
    enableEcsManagedTags: known.enableECSManagedTags ?? false,
    enableExecuteCommand: known.enableExecuteCommand ?? false,
    propagateTags,
    orderedPlacementStrategy: (known.placementStrategy ??
      []) as ServiceAttributes['orderedPlacementStrategy'],
    placementConstraints: (known.placementConstraints ?? []) as ServiceAttributes['placementConstraints'],
    tags: tagMap(known.tags),
  }
}

async function retag(
  ecs: ECSClient,
  resourceArn: string,
  { before, wanted }: { readonly before: Tags; readonly wanted: Tags },
): Promise<void> {
  const tagKeys = Object.keys(before).filter((key) => wanted[key] === undefined)
  const changed = Object.entries(wanted).filter(([key, value]) => before[key] !== value)
  if (tagKeys.length > 0) await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys }))
  if (changed.length > 0) {
    await ecs.send(new TagResourceCommand({ resourceArn, tags: tagList(Object.fromEntries(changed)) }))
  }
}

function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }))
}

function tagMap(tags: readonly Tag[] = []): Tags {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]))
}
