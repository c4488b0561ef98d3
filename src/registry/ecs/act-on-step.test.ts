import { expect, test } from 'vitest'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import { serviceTask } from '../../core/ecs/scheduling/service-task.ts'
import { stepService } from '../../core/ecs/scheduling/step-service.ts'
import { newService } from '../../core/ecs/scheduling/testing/scheduled-world.ts'
import { taskJob } from '../../core/ecs/task.ts'
import { hearAll } from '../../stores/metadata/testing/hear-all.ts'
import type { Registry } from '../registry.ts'
import { resetRegistry } from '../reset-registry.ts'
import { openTestRegistry } from '../testing/test-registry.ts'
import { actOnStep } from './act-on-step.ts'

const portMappings = [{ containerPort: 80 }]
// By digest, so that no task waits for another to learn it.
const image = `web@sha256:${'1'.repeat(64)}`
const content = { containerDefinitions: [{ name: 'web', image, memory: 64, portMappings }] }

/** A service of two tasks whose first step was done. */
async function started(registry: Registry): Promise<Service> {
  const made = newService()
  const service = { ...made, deployments: made.deployments.map((one) => ({ ...one, content })) }
  await registry.metadata.write((tx) => tx.services.put(service))
  return step(registry, service)
}

async function step(registry: Registry, service: Service): Promise<Service> {
  const { metadata, now, newId } = registry
  return metadata.write(async (tx) => {
    const tasks = (await tx.tasks.ofService(service, [])).map(serviceTask)
    const next = stepService(service, tasks, {
      at: now().getTime(),
      settleTime: 0,
      newTaskId: () => newId().replaceAll('-', ''),
      place: (_deployment, count) => ({ fits: count }),
    })
    await actOnStep(tx, registry, next)
    return next.service
  })
}

test('what a scheduler says is done and told in one transaction: tasks with jobs, messages, and events on the bus', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  const { metadata } = registry
  await hearAll(metadata, newService().cluster)
  const service = await started(registry)
  const tasks = await metadata.tasks.ofService(service, [])
  const { id } = service.deployments[0] ?? {}
  expect(tasks).toMatchObject(
    Array.from({ length: 2 }, () => ({
      group: 'service:web',
      service: 'web',
      startedBy: id,
      status: 'PENDING',
    })),
  )
  for (const task of tasks) expect(await metadata.jobs.find(taskJob(task))).toBeDefined()
  expect(await metadata.services.events(service)).toMatchObject([
    { message: expect.stringContaining('(service web) has started 2 tasks: ') },
  ])
  const waiting = await metadata.events.waiting(9)
  expect(waiting.map(({ event }) => event['detail-type'])).toEqual([
    'ECS Task State Change',
    'ECS Task State Change',
    'ECS Deployment State Change',
  ])
  expect(waiting[2]?.event).toMatchObject({
    source: 'aws.ecs',
    resources: ['arn:aws:ecs:us-east-1:111122223333:service/default/web'],
    detail: {
      eventType: 'INFO',
      eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS',
      deploymentId: id,
      reason: `ECS deployment ${id} in progress.`,
    },
  })
})

test('a task that others may be asking drains before it ends', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  const service = await started(registry)
  await step(registry, { ...service, desiredCount: 1 })
  const tasks = await registry.metadata.tasks.ofService(service, [])
  const at = registry.now().getTime()
  const stopping = tasks.filter(({ desired }) => desired === 'STOPPED')
  expect(stopping).toMatchObject([{ stopCode: 'ServiceSchedulerInitiated', drainsUntil: at + 5_000 }])
})

test('a reset leaves neither services nor clusters, and has their tasks stop', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  const service = await started(registry)
  await registry.metadata.write((tx) =>
    tx.clusters.put({ ...service.cluster, status: 'ACTIVE', settings: [] }),
  )
  await resetRegistry(registry)
  expect(await registry.metadata.services.find(service)).toBeUndefined()
  expect(await registry.metadata.clusters.find(service.cluster)).toBeUndefined()
  const tasks = await registry.metadata.tasks.remaining()
  expect(tasks.map(({ desired }) => desired)).toEqual(['STOPPED', 'STOPPED'])
})
