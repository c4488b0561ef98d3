import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { circuitThreshold } from './break-circuit.ts'
import { type DeploymentConfiguration, fewestHealthy, mostTasks, primaryOf } from './service.ts'
import { isUp, type ServiceTask } from './service-task.ts'
import { newService, type Quality, ScheduledWorld, settleTime } from './testing/scheduled-world.ts'

const off = { enable: false, rollback: false }

function configuration(
  minimumHealthyPercent: number,
  maximumPercent: number,
  circuitBreaker = off,
): DeploymentConfiguration {
  return { minimumHealthyPercent, maximumPercent, circuitBreaker }
}

function settledWorld(desiredCount: number, deploymentConfiguration = configuration(100, 200)) {
  const world = new ScheduledWorld(newService({ desiredCount, deploymentConfiguration }))
  world.settle()
  world.messages.length = 0
  world.events.length = 0
  return world
}

describe('a service', () => {
  test('starts what is desired, and says when it is there', () => {
    const world = new ScheduledWorld(newService())
    world.settle()
    const [one, other] = world.running().map(({ task }) => task.id)
    expect(world.messages).toEqual([
      `(service web) has started 2 tasks: (task ${one}) (task ${other}).`,
      `(service web) (deployment ${primaryOf(world.service).id}) deployment completed.`,
      '(service web) has reached a steady state.',
    ])
    expect(world.events).toEqual([
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_COMPLETED',
      'SERVICE_STEADY_STATE',
    ])
  })

  test('says each six hours that it still is', () => {
    const world = settledWorld(1)
    const { nextAt = 0 } = world.step()
    world.at = nextAt
    world.step()
    expect(nextAt).toBeGreaterThan(6 * 60 * 60 * 1000)
    expect(world.messages).toEqual(['(service web) has reached a steady state.'])
  })

  test.each(['crash', 'stop'])('replaces a task that others %s', (how) => {
    const world = settledWorld(2)
    const lost = world.running()[0]?.task.id ?? ''
    world.change(lost, { phase: how === 'stop' ? 'stopping' : 'gone' })
    world.settle()
    expect(world.running()).toHaveLength(2)
    expect(world.running().map(({ task }) => task.id)).not.toContain(lost)
    expect(primaryOf(world.service).failedTasks).toBe(0)
  })

  test('scales in by its newest tasks', () => {
    const world = settledWorld(1)
    const [oldest] = world.running()
    world.service = { ...world.service, desiredCount: 3 }
    world.settle()
    world.service = { ...world.service, desiredCount: 1 }
    const { stops } = world.step()
    expect(stops.map(({ reason }) => reason)).toEqual(
      Array.from(
        { length: 2 },
        () => `Scaling activity initiated by (deployment ${primaryOf(world.service).id})`,
      ),
    )
    world.settle()
    expect(world.running()).toEqual([oldest])
  })

  test('is inactive once deleted and without tasks', () => {
    const world = settledWorld(2)
    world.service = { ...world.service, status: 'DRAINING', desiredCount: 0 }
    expect(world.step().stops).toHaveLength(2)
    expect(world.step().service.status).toBe('DRAINING')
    world.pass()
    expect(world.step().service.status).toBe('INACTIVE')
  })

  test('tells once that there is no place, and goes on when there is', () => {
    const world = new ScheduledWorld(newService({ desiredCount: 1 }))
    world.places = 0
    world.step()
    world.pass(10_000)
    world.step()
    expect(world.messages).toEqual([
      '(service web) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.',
    ])
    expect(world.events).toEqual(['SERVICE_DEPLOYMENT_IN_PROGRESS', 'SERVICE_TASK_PLACEMENT_FAILURE'])
    world.places = 1
    world.settle()
    expect(world.running()).toHaveLength(1)
  })
})

describe('a deployment', () => {
  test.each([
    { desired: 4, min: 50, max: 200, most: 8, least: 4 },
    { desired: 2, min: 75, max: 200, most: 4, least: 2 },
    { desired: 4, min: 50, max: 100, most: 4, least: 2 },
    { desired: 1, min: 100, max: 200, most: 2, least: 1 },
    { desired: 1, min: 0, max: 100, most: 1, least: 0 },
  ])(
    'of $desired tasks between $min and $max percent runs $least to $most',
    ({ desired, min, max, most, least }) => {
      const world = settledWorld(desired, configuration(min, max))
      world.deploy('good')
      const counts: number[] = []
      const up: number[] = []
      for (let step = 0; step < 30; step += 1) {
        world.step()
        counts.push(world.live().length)
        up.push(world.running().length)
        world.pass()
      }
      expect({ most: Math.max(...counts), least: Math.min(...up) }).toEqual({ most, least })
      expect(world.running().map(({ revision }) => revision)).toEqual(
        Array.from({ length: desired }, () => 2),
      )
      expect(world.service.deployments).toHaveLength(1)
    },
  )

  test('whose percentages leave no way says so, and changes nothing', () => {
    const world = settledWorld(3, configuration(100, 125))
    world.deploy('good')
    world.step()
    world.pass()
    world.step()
    expect(world.messages).toEqual([
      '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    ])
    expect(world.running()).toHaveLength(3)
  })

  test('leaves protected tasks until their protection ends', () => {
    const world = settledWorld(1)
    const [old] = world.running()
    world.change(old?.task.id ?? '', { protectedUntil: 60_000 })
    world.deploy('good')
    for (let step = 0; step < 10; step += 1) {
      world.step()
      world.pass()
    }
    expect(world.running()).toHaveLength(2)
    expect(world.step().nextAt).toBe(60_000)
    world.at = 60_000
    world.settle()
    expect(world.running().map(({ revision }) => revision)).toEqual([2])
  })

  test('waits longer after each task that fails to start, and says so', () => {
    const world = settledWorld(1)
    world.deploy('broken')
    const starts: number[] = []
    for (let step = 0; step < 200; step += 1) {
      if (world.step().starts.length > 0) starts.push(world.at)
      world.pass()
    }
    const pauses = starts.slice(1).map((at, index) => (at - (starts[index] ?? 0)) / 1000)
    expect(pauses.slice(0, 6)).toEqual([2, 3, 5, 9, 17, 33])
    expect(world.messages).toContain(
      '(service web) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.',
    )
    expect(world.events.filter((name) => name === 'SERVICE_TASK_START_IMPAIRED')).toHaveLength(1)
    expect(world.running().map(({ revision }) => revision)).toEqual([1])
  })
})

describe('the circuit breaker', () => {
  test.each([
    [1, 3],
    [6, 3],
    [25, 13],
    [400, 200],
    [800, 200],
  ])('of %i tasks breaks at %i failures', (desiredCount, threshold) => {
    expect(circuitThreshold({ desiredCount })).toBe(threshold)
  })

  test.each<Quality>(['broken', 'brief', 'sick'])(
    'goes back from a %s deployment to the last that was completed',
    (quality) => {
      const world = settledWorld(2, configuration(100, 200, { enable: true, rollback: true }))
      const before = world.running().map(({ task }) => task.id)
      const good = primaryOf(world.service).id
      world.deploy(quality)
      const bad = primaryOf(world.service).id
      world.settle()
      expect(world.messages).toContain(
        `(service web) (deployment ${bad}) deployment failed: tasks failed to start.`,
      )
      expect(world.messages).toContain(`(service web) rolling back to deployment ${good}.`)
      expect(world.events).toContain('SERVICE_DEPLOYMENT_FAILED')
      expect(primaryOf(world.service)).toMatchObject({ id: good, rollout: 'COMPLETED' })
      expect(world.running().map(({ task }) => task.id)).toEqual(before)
    },
  )

  test('without rollback leaves what runs, and makes up for what is lost', () => {
    const world = settledWorld(2, configuration(50, 100, { enable: true, rollback: false }))
    world.deploy('broken')
    for (let step = 0; step < 60; step += 1) {
      world.step()
      world.pass()
    }
    expect(primaryOf(world.service)).toMatchObject({
      rollout: 'FAILED',
      rolloutReason: 'ECS deployment circuit breaker: tasks failed to start.',
    })
    expect(world.running().map(({ revision }) => revision)).toEqual([1, 1])
  })

  test.each<Quality>(['broken', 'sick'])(
    'has nothing to go back to at first, and leaves nothing %s',
    (quality) => {
      const circuitBreaker = { enable: true, rollback: true }
      const world = new ScheduledWorld(
        newService({ deploymentConfiguration: configuration(100, 200, circuitBreaker) }),
      )
      world.deploy(quality)
      for (let step = 0; step < 60; step += 1) {
        world.step()
        world.pass()
      }
      expect(primaryOf(world.service).rollout).toBe('FAILED')
      expect(world.live()).toEqual([])
    },
  )
})

type Command =
  | { readonly do: 'pass' }
  | { readonly do: 'scale'; readonly to: number }
  | { readonly do: 'deploy'; readonly quality: Quality }
  | { readonly do: 'lose' | 'stop' | 'sicken' | 'protect'; readonly which: number }
  | { readonly do: 'crowd'; readonly places: number }

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: 'pass' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scale' as const), to: fc.nat(6) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      quality: fc.constantFrom<Quality>('good', 'broken', 'brief', 'sick'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('lose' as const, 'stop' as const, 'sicken' as const, 'protect' as const),
      which: fc.nat(8),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crowd' as const), places: fc.nat(6) }) },
)

const configurations = fc.record({
  minimumHealthyPercent: fc.constantFrom(0, 50, 75, 100),
  maximumPercent: fc.constantFrom(100, 125, 150, 200),
  circuitBreaker: fc.record({ enable: fc.boolean(), rollback: fc.boolean() }),
})

test('a task too many that is protected and not up yet does not have a healthy one stopped in its place', () => {
  const deploymentConfiguration = {
    minimumHealthyPercent: 100,
    maximumPercent: 150,
    circuitBreaker: { enable: false, rollback: false },
  }
  const world = new ScheduledWorld(newService({ desiredCount: 4, deploymentConfiguration }))
  const commands: readonly Command[] = [
    { do: 'pass' },
    { do: 'pass' },
    { do: 'pass' },
    { do: 'sicken', which: 0 },
    { do: 'protect', which: 4 },
    { do: 'pass' },
  ]
  for (const one of commands) {
    obey(world, one)
    stepWithinPercentages(world)
  }
  world.settle(2000)
  expect(world.running()).toHaveLength(4)
})

test('whatever happens, it keeps to its percentages, and in the end it has what is desired', () => {
  fc.assert(
    fc.property(
      configurations,
      fc.nat(5),
      fc.array(command, { maxLength: 60 }),
      (config, desired, commands) => {
        const world = new ScheduledWorld(
          newService({ desiredCount: desired, deploymentConfiguration: config }),
        )
        for (const one of commands) {
          obey(world, one)
          stepWithinPercentages(world)
        }
        world.places = Number.POSITIVE_INFINITY
        for (const { id } of world.live()) world.change(id, { protectedUntil: 0 })
        const { desiredCount } = world.service
        const canMove = mostTasks(world.service) > desiredCount || fewestHealthy(world.service) < desiredCount
        const isSpare = desiredCount > 0 && !canMove
        if (isSpare) return
        world.deploy('good')
        world.settle(2000)
        expect(world.service.deployments).toHaveLength(1)
        expect(primaryOf(world.service).rollout).toBe('COMPLETED')
        expect(world.running()).toHaveLength(desiredCount)
        expect(world.running().every(({ revision }) => revision === primaryOf(world.service).revision)).toBe(
          true,
        )
      },
    ),
    { numRuns: 500 },
  )
})

function obey(world: ScheduledWorld, one: Command): void {
  if (one.do === 'pass') world.pass()
  if (one.do === 'scale') world.service = { ...world.service, desiredCount: one.to }
  if (one.do === 'deploy') world.deploy(one.quality)
  if (one.do === 'crowd') world.places = one.places
  if (!('which' in one)) return
  const live = world.live()
  const id = live[one.which % Math.max(1, live.length)]?.id ?? ''
  if (one.do === 'lose') world.change(id, { phase: 'gone' })
  if (one.do === 'stop') world.change(id, { phase: 'stopping' })
  if (one.do === 'sicken') world.change(id, { health: 'unhealthy' })
  if (one.do === 'protect') world.change(id, { protectedUntil: world.at + 3000 })
}

function stepWithinPercentages(world: ScheduledWorld): void {
  const isUpNow = (task: ServiceTask) => isUp(task, { at: world.at, settleTime })
  const before = world.live()
  const protectedIds = new Set(
    before.filter(({ protectedUntil = 0 }) => world.at < protectedUntil).map(({ id }) => id),
  )
  const failing = new Set(before.filter(({ health }) => health === 'unhealthy').map(({ id }) => id))
  const healthyBefore = before.filter(isUpNow).length
  const { starts, stops } = world.step()
  const healthyAfter = world.live().filter(isUpNow).length
  if (starts.length > 0) expect(before.length + starts.length).toBeLessThanOrEqual(mostTasks(world.service))
  expect(healthyAfter).toBeGreaterThanOrEqual(Math.min(healthyBefore, fewestHealthy(world.service)))
  for (const { id } of stops) expect(protectedIds.has(id) && !failing.has(id)).toBe(false)
}
