import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { applyEach } from './resource.ts'
import { clusterResource, definitionResource, serviceResource } from './resources/ecs.ts'

let berth: LocalBerth
let ecs: ECSClient
beforeAll(async () => {
  berth = await startBerth()
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const credentials = { accessKeyId, secretAccessKey }
  ecs = new ECSClient({ endpoint: berth.url, region: berth.config.region, credentials, maxAttempts: 1 })
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  ecs.destroy()
  await berth[Symbol.asyncDispose]()
})

test('aws_ecs_cluster comes back without a difference, and goes', async () => {
  const plain = { containerInsights: 'disabled', tags: {} }
  const changes = [
    { ...plain, tags: { team: 'web' } },
    { ...plain, tags: { Stage: 'a b' } },
  ]
  await applyEach(clusterResource(ecs, 'apps'), [plain, ...changes])
})

test('aws_ecs_task_definition comes back without a difference, revision by revision, and goes', async () => {
  const container = {
    name: 'web',
    image: 'httpd:2',
    cpu: 10,
    memory: 128,
    essential: true,
    portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' as const }],
    environment: [{ name: 'A', value: 'b' }],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
  }
  const plain = {
    containerDefinitions: [container],
    cpu: '256',
    memory: '512',
    networkMode: 'bridge' as const,
    placementConstraints: [],
    volumes: [{ name: 'data', host: {} }],
    tags: {},
  }
  const placed = { type: 'memberOf' as const, expression: 'attribute:ecs.os-type == linux' }
  const changes = [
    { ...plain, tags: { team: 'web' } },
    { ...plain, memory: '1024', placementConstraints: [placed], tags: { team: 'api' } },
  ]
  await applyEach(definitionResource(ecs, 'terraformed'), [plain, ...changes])
})

test('aws_ecs_service comes back without a difference, and goes', async () => {
  await ecs.send(new CreateClusterCommand({}))
  const containerDefinitions = [{ name: 'web', image: 'httpd:2', memory: 128 }]
  for (const _ of [1, 2])
    await ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }))
  const revision = (number: number) => `arn:aws:ecs:us-east-1:000000000000:task-definition/web:${number}`
  const plain = {
    taskDefinition: revision(1),
    desiredCount: 0,
    deploymentMaximumPercent: 200,
    deploymentMinimumHealthyPercent: 100,
    circuitBreaker: { enable: false, rollback: false },
    enableEcsManagedTags: false,
    enableExecuteCommand: false,
    propagateTags: 'NONE' as const,
    orderedPlacementStrategy: [],
    placementConstraints: [],
    tags: {},
  }
  const changed = {
    ...plain,
    taskDefinition: revision(2),
    deploymentMaximumPercent: 150,
    deploymentMinimumHealthyPercent: 50,
    circuitBreaker: { enable: true, rollback: true },
    enableEcsManagedTags: true,
    enableExecuteCommand: true,
    propagateTags: 'SERVICE' as const,
    orderedPlacementStrategy: [
      { type: 'spread' as const, field: 'attribute:ecs.availability-zone' },
      { type: 'binpack' as const, field: 'memory' },
    ],
    placementConstraints: [{ type: 'memberOf' as const, expression: 'attribute:stack == prod' }],
    tags: { team: 'web' },
  }
  await applyEach(serviceResource(ecs, 'web'), [plain, changed, { ...plain, desiredCount: 1 }])
})
