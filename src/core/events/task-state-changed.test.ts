import { expect, test } from 'vitest'
import { stopping } from '../ecs/step-task.ts'
import type { Task } from '../ecs/task.ts'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { taskStateChanged } from './task-state-changed.ts'

const task: Task = {
  cluster: { account: parseAccountId('111122223333'), region: parseRegion('us-east-1'), name: 'blue' },
  id: '0'.repeat(32),
  family: 'web',
  revision: 3,
  networkMode: 'bridge',
  containers: [{ definition: { name: 'app', image: 'httpd' }, status: 'RUNNING', bindings: [] }],
  overrides: [],
  group: 'service:web',
  service: 'web',
  startedBy: 'ecs-svc/1',
  desired: 'RUNNING',
  status: 'RUNNING',
  version: 4,
  createdAt: Date.UTC(2026, 0, 1),
}

test("a task's event is the task, with its times as text", () => {
  const at = new Date(Date.UTC(2026, 0, 1, 12, 0, 0, 5))
  const stopped = stopping(task, 'ServiceSchedulerInitiated', 'Scaling activity', at.getTime())
  const { detailType, source, resources, detail } = taskStateChanged(stopped, at)
  const arn = `arn:aws:ecs:us-east-1:111122223333:task/blue/${task.id}`
  expect({ detailType, source, resources }).toEqual({
    detailType: 'ECS Task State Change',
    source: 'aws.ecs',
    resources: [arn],
  })
  expect(detail).toMatchObject({
    taskArn: arn,
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:3',
    lastStatus: 'RUNNING',
    desiredStatus: 'STOPPED',
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity',
    createdAt: '2026-01-01T00:00:00.000Z',
    stoppingAt: '2026-01-01T12:00:00.005Z',
    updatedAt: '2026-01-01T12:00:00.005Z',
    version: 5,
    group: 'service:web',
    startedBy: 'ecs-svc/1',
    overrides: { containerOverrides: [{ name: 'app' }] },
    containers: [{ name: 'app', image: 'httpd', lastStatus: 'RUNNING' }],
  })
  expect(detail).not.toHaveProperty('tags')
})
