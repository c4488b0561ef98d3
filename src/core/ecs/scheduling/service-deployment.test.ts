import { expect, test } from 'vitest'
import { primaryOf } from './service.ts'
import { followDeployment, newServiceDeployment, type ServiceDeployment } from './service-deployment.ts'
import { stopDeployment } from './stop-deployment.ts'
import { newService, type Quality, ScheduledWorld } from './testing/scheduled-world.ts'

const circuitBreaker = { enable: true, rollback: true }
const deploymentConfiguration = { maximumPercent: 200, minimumHealthyPercent: 100, circuitBreaker }

/** A service that runs, then goes over to something; the record of that is followed step by step. */
class RecordedWorld {
  readonly world = new ScheduledWorld(newService({ deploymentConfiguration }))
  readonly statuses: string[] = []
  record: ServiceDeployment

  constructor(quality: Quality) {
    this.world.settle()
    this.world.deploy(quality)
    this.record = newServiceDeployment(this.world.service)
  }

  follow(most = 200): ServiceDeployment {
    for (let count = 0; count < most; count += 1) {
      this.record = followDeployment(this.record, this.world.service, this.world.at)
      if (this.statuses.at(-1) !== this.record.status) this.statuses.push(this.record.status)
      this.world.step()
      this.world.pass()
    }
    return this.record
  }
}

test('a deployment that comes up is pending, in progress and successful', () => {
  const recorded = new RecordedWorld('good')
  const first = recorded.world.service.deployments.at(-1)?.id.slice('ecs-svc/'.length)
  expect(recorded.follow()).toMatchObject({ sources: [first], origin: first, failureCount: 0 })
  expect(recorded.statuses).toEqual(['PENDING', 'IN_PROGRESS', 'SUCCESSFUL'])
})

test('one that the circuit breaker gives up is rolled back', () => {
  const recorded = new RecordedWorld('broken')
  const { rollback, origin, failureCount, threshold } = recorded.follow()
  expect(recorded.statuses).toEqual(['PENDING', 'IN_PROGRESS', 'ROLLBACK_SUCCESSFUL'])
  expect(rollback).toMatchObject({ to: origin, reason: expect.stringContaining('circuit breaker') })
  expect(failureCount).toBeGreaterThanOrEqual(threshold)
})

test('one that somebody stops is rolled back, or stays as far as it came', () => {
  for (const [stopType, end] of [
    ['ROLLBACK', 'ROLLBACK_SUCCESSFUL'],
    ['ABORT', 'STOPPED'],
  ] as const) {
    const recorded = new RecordedWorld('sick')
    recorded.follow(2)
    recorded.world.service = stopDeployment(recorded.world.service, stopType, recorded.world.at)
    expect(recorded.follow()).toMatchObject({ status: end, finishedAt: expect.any(Number) })
    const { revision, rollout } = primaryOf(recorded.world.service)
    expect([revision, rollout]).toEqual(stopType === 'ROLLBACK' ? [1, 'COMPLETED'] : [2, 'FAILED'])
    expect(recorded.world.running().map((one) => one.revision)).toEqual([1, 1])
  }
})

test('one that another follows is stopped', () => {
  const recorded = new RecordedWorld('sick')
  recorded.follow(2)
  recorded.world.deploy('good')
  recorded.follow()
  expect(recorded.statuses.at(-1)).toBe('STOPPED')
  expect(recorded.record.statusReason).toBe('A newer deployment of the service has begun.')
})

test('there is nothing to go back to from the first', () => {
  const service = newService()
  expect(stopDeployment(service, 'ROLLBACK', 1)).toBe(service)
})

test("an instance that drains keeps what must stay healthy of a service's tasks", () => {
  for (const [minimumHealthyPercent, left] of [
    [100, 2],
    [50, 1],
    [0, 0],
  ] as const) {
    const world = new ScheduledWorld(
      newService({ deploymentConfiguration: { ...deploymentConfiguration, minimumHealthyPercent } }),
    )
    world.settle()
    world.isDraining = true
    for (let count = 0; count < 20; count += 1) {
      world.step()
      world.pass()
    }
    expect(world.live()).toHaveLength(left)
    world.isDraining = false
    world.settle()
    expect(world.running()).toHaveLength(2)
  }
})
