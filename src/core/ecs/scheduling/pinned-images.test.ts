import { describe, expect, test } from 'vitest'
import { digestOf } from '../../names/digest.ts'
import type { ContainerDefinition } from '../container-definition.ts'
import type { Task } from '../task.ts'
import { sampleTask } from '../testing/sample-task.ts'
import { type Deployment, newDeployment } from './deployment.ts'
import { pinImages, unpinned } from './pinned-images.ts'
import { primaryOf } from './service.ts'
import { newService, ScheduledWorld } from './testing/scheduled-world.ts'

const older = digestOf('sha256', '1'.repeat(64))
const newer = digestOf('sha256', '2'.repeat(64))

function deploymentOf(...containerDefinitions: readonly ContainerDefinition[]): Deployment {
  return newDeployment({ family: 'web', revision: 1, content: { containerDefinitions } }, '1'.repeat(32), 0)
}

/** A task of a deployment that has pulled an image for its one container. */
function taskOf({ id }: Deployment, imageDigest: string, facts: Partial<Task> = {}): Task {
  const task = sampleTask([undefined], { startedBy: id, ...facts })
  return { ...task, containers: task.containers.map((one) => ({ ...one, imageDigest })) }
}

describe('a deployment', () => {
  const deployment = deploymentOf({ name: 'c0', image: 'elsewhere/web:v1' })

  test('keeps to what its first task has pulled', () => {
    const later = taskOf(deployment, newer, { createdAt: 2 })
    const pinned = pinImages(deployment, [later, taskOf(deployment, older, { createdAt: 1 })])
    expect(pinned.digests).toEqual({ c0: older })
    expect(pinImages(pinned, [later])).toBe(pinned)
    expect(unpinned(pinned)).toEqual([])
  })

  test.each([
    ["another's task", taskOf({ ...deployment, id: 'ecs-svc/1' }, older)],
    ['a task whose registry told no digest', taskOf(deployment, '')],
  ])('learns nothing from %s', (_what, task) => {
    expect(pinImages(deployment, [task])).toBe(deployment)
  })

  test.each<[string, ContainerDefinition]>([
    ['a digest', { image: `elsewhere/web:v1@${older}` }],
    ['a tag, and that whatever it points at', { image: 'elsewhere/web:v1', versionConsistency: 'disabled' }],
  ])('has nothing to learn where its definition names %s', (_what, definition) => {
    expect(unpinned(deploymentOf({ name: 'c0', ...definition }))).toEqual([])
  })
})

describe('a deployment of an image by its tag', () => {
  function deploying() {
    const world = new ScheduledWorld(newService({ desiredCount: 3 }))
    world.settle()
    world.deploy('good', 'elsewhere/web:v1')
    const first = world.step().starts
    return { world, first }
  }

  test('starts one task, and the others when it has pulled that', () => {
    const { world, first } = deploying()
    expect(first).toHaveLength(1)
    expect(world.step().starts).toEqual([])
    const [pinned, ...others] = world.service.deployments
    const digests = { web: older }
    world.service = { ...world.service, deployments: pinned ? [{ ...pinned, digests }, ...others] : others }
    const { starts } = world.step()
    expect(starts.map(({ deployment }) => deployment.digests)).toEqual([digests, digests])
  })

  test('starts the others as well when no digest is to be had', () => {
    const { world } = deploying()
    world.pass()
    expect(world.step().starts).toHaveLength(2)
  })

  test('tries with another task when the first one fails', () => {
    const { world, first } = deploying()
    world.change(first[0]?.id ?? '', { phase: 'gone', endedByItself: true })
    world.step()
    world.at += 2000
    expect(world.step().starts).toHaveLength(1)
    world.settle()
    expect(world.running().map(({ revision }) => revision)).toEqual([2, 2, 2])
    expect(primaryOf(world.service).rollout).toBe('COMPLETED')
  })
})
