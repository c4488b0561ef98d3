import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import type { ContainerDefinition } from './container-definition.ts'
import type { SeenContainer, SeenTask } from './running/seen-task.ts'
import { taskHealth } from './running/task-health.ts'
import { serviceTask } from './scheduling/service-task.ts'
import { failedToStart, stepTask, stopping, type TaskAction } from './step-task.ts'
import type { Task } from './task.ts'

const cluster = {
  account: parseAccountId('111122223333'),
  region: parseRegion('us-east-1'),
  name: 'default',
}

function taskWith(definitions: readonly ContainerDefinition[], facts: Partial<Task> = {}): Task {
  return {
    cluster,
    id: '0'.repeat(32),
    family: 'web',
    revision: 1,
    networkMode: 'bridge',
    containers: definitions.map((definition, index) => ({
      definition: { name: `c${index}`, image: 'httpd', ...definition },
      status: 'PENDING',
      bindings: [],
    })),
    overrides: [],
    group: 'family:web',
    desired: 'RUNNING',
    status: 'PENDING',
    version: 1,
    createdAt: 0,
    ...facts,
  }
}

function taskOf(...essential: boolean[]): Task {
  return taskWith(essential.map((isEssential) => ({ essential: isEssential })))
}

function container(
  index: number,
  state: SeenContainer['state'] = 'running',
  facts: Partial<SeenContainer> = {},
): SeenContainer {
  const exit = state === 'exited' ? { exitCode: 3, endedAt: 2 } : {}
  const known = {
    name: `c${index}`,
    id: `id${index}`,
    state,
    startedAt: 1,
    isOutOfMemory: false,
    bindings: [],
  }
  return { ...known, ...exit, ...facts }
}

function seen(...containers: readonly SeenContainer[]): SeenTask {
  return { containers, hasVolumes: false, isBusy: false, engineUpSince: 1 }
}

/** What is to be done, in short. */
function deeds(actions: readonly TaskAction[]): string[] {
  return actions.map((action) =>
    'container' in action ? `${action.do} ${action.container.definition.name}` : action.do,
  )
}

test('a task runs once all its containers run', () => {
  const started = stepTask(taskOf(true, false), seen(container(0)), 5)
  expect(started.task.status).toBe('PENDING')
  expect(deeds(started.actions)).toEqual(['start c1'])
  const { task, actions } = stepTask(started.task, seen(container(0), container(1)), 7)
  expect(task).toMatchObject({ status: 'RUNNING', startedAt: 7, version: 3 })
  expect(actions).toEqual([])
  expect(stepTask(task, seen(container(0), container(1)), 9).task).toEqual(task)
})

test('it stops when an essential container does, and is stopped when none is left', () => {
  const running = stepTask(taskOf(true, false), seen(container(0), container(1)), 5).task
  const down = stepTask(running, seen(container(0, 'exited'), container(1)), 6)
  expect(down.task).toMatchObject({ status: 'STOPPING', stopCode: 'EssentialContainerExited' })
  expect(deeds(down.actions)).toEqual(['stop c1'])
  const ended = stepTask(down.task, seen(container(0, 'exited'), container(1, 'exited')), 7)
  expect(deeds(ended.actions)).toEqual(['remove c0', 'remove c1'])
  const { task } = stepTask(ended.task, seen(), 8)
  expect(task).toMatchObject({
    status: 'STOPPED',
    executionStoppedAt: 7,
    stoppedAt: 8,
    containers: [{ exitCode: 3 }, {}],
  })
})

test('a container that is not essential may end', () => {
  const running = stepTask(taskOf(true, false), seen(container(0), container(1)), 5).task
  const { task } = stepTask(running, seen(container(0), container(1, 'exited')), 6)
  expect(task).toMatchObject({ desired: 'RUNNING' })
})

describe('a task something of which has ended', () => {
  const running = stepTask(taskOf(true, false), seen(container(0), container(1)), 5).task
  const ended = (endedAt?: number) => {
    const { endedAt: _, ...exited } = container(0, 'exited')
    return [{ ...exited, ...(endedAt !== undefined && { endedAt }) }, container(1)]
  }

  test('waits while nobody can tell whether its engine has ended', () => {
    const unknown = { ...seen(...ended(2)), engineUpSince: undefined }
    expect(stepTask(running, unknown, 6)).toEqual({ task: running, actions: [], wakeAt: 1006 })
    const told = stopping(running, 'UserInitiated', 'enough', 6)
    expect(deeds(stepTask(told, unknown, 7).actions)).toEqual(['stop c1'])
  })

  test.each([
    ['before the engine ran', ended(3)],
    ['nobody knows when', ended()],
    ['and is gone', [container(1)]],
  ])('%s is lost', (_when, containers) => {
    const { task } = stepTask(running, { ...seen(...containers), engineUpSince: 3 }, 6)
    expect(task).toMatchObject({ stopCode: 'EssentialContainerExited', isLost: true })
    expect(task.containers[0]?.reason).toMatch(/^(DockerState|ContainerVanished)Error: The container /)
    expect(serviceTask(task)).toMatchObject({ phase: 'stopping', endedByItself: false })
  })

  test('while the engine ran has ended by itself', () => {
    const { task } = stepTask(running, { ...seen(...ended(3)), engineUpSince: 2 }, 6)
    expect(task).not.toHaveProperty('isLost')
    expect(task.containers[0]).not.toHaveProperty('reason')
    expect(serviceTask(task).endedByItself).toBe(true)
  })

  test('is lost, too, where another container waited for what ended with the engine', () => {
    const waits = taskWith([
      { essential: false },
      { dependsOn: [{ containerName: 'c0', condition: 'SUCCESS' }] },
    ])
    const { task } = stepTask(waits, { ...seen(container(0, 'exited')), engineUpSince: 3 }, 6)
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', isLost: true })
  })
})

test('one that cannot be started ends the task with its reason', () => {
  const failed = failedToStart(taskOf(true), 'c0', 'CannotPullContainerError: not found', 5)
  expect(stepTask(failed, seen(), 6).task).toMatchObject({
    status: 'STOPPED',
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'Task failed to start',
    containers: [{ reason: 'CannotPullContainerError: not found' }],
  })
})

test('a task goes on without a container that it can do without', () => {
  const failed = failedToStart(taskOf(true, false), 'c1', 'CannotPullContainerError: not found', 5)
  expect(stepTask(failed, seen(container(0)), 6).task).toMatchObject({
    status: 'RUNNING',
    containers: [{ status: 'RUNNING' }, { status: 'STOPPED', reason: 'CannotPullContainerError: not found' }],
  })
})

test('while something is being made of it, a task has not stopped', () => {
  const stopped = stopping(taskOf(true), 'UserInitiated', 'enough', 5)
  const busy = stepTask(stopped, { ...seen(), isBusy: true }, 6)
  expect(busy).toEqual({ task: stopped, actions: [] })
  expect(stepTask(stopped, seen(), 6).task.status).toBe('STOPPED')
})

describe('a container that depends on another', () => {
  const afterAnother = (
    condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY',
    first: ContainerDefinition = {},
  ) =>
    taskWith([
      { essential: condition !== 'COMPLETE' && condition !== 'SUCCESS', ...first },
      {
        dependsOn: [{ containerName: 'c0', condition }],
      },
    ])

  test.each([
    ['START', container(0, 'created'), container(0)],
    ['COMPLETE', container(0), container(0, 'exited')],
    ['SUCCESS', container(0), container(0, 'exited', { exitCode: 0 })],
    [
      'HEALTHY',
      container(0, 'running', { health: 'UNKNOWN' }),
      container(0, 'running', { health: 'HEALTHY' }),
    ],
  ] as const)('waits for %s', (condition, before, then) => {
    const waiting = stepTask(afterAnother(condition), seen(before), 5)
    expect(deeds(waiting.actions)).not.toContain('start c1')
    expect(deeds(stepTask(waiting.task, seen(then), 6).actions)).toEqual(['start c1'])
  })

  test('is given up when that fails', () => {
    const { task } = stepTask(afterAnother('SUCCESS'), seen(container(0, 'exited')), 5)
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' })
    expect(task.containers[1]?.reason).toBe(
      'TaskDependencyError: dependency graph: failed to resolve container ordering dependency [c0] for target [c1] as dependency did not exit successfully.',
    )
  })

  test('is given up when that takes longer than its start timeout', () => {
    const waiting = stepTask(afterAnother('HEALTHY', { startTimeout: 2 }), seen(container(0)), 1000)
    expect(waiting).toMatchObject({ task: { desired: 'RUNNING' }, wakeAt: 2001 })
    const { task } = stepTask(waiting.task, seen(container(0)), 2001)
    expect(task.containers[1]?.reason).toContain('dependency [c0] for target [c1] has timed out.')
  })

  test('stops before it', () => {
    const both = seen(container(0), container(1))
    const running = stepTask(afterAnother('START'), both, 5).task
    const told = stopping(running, 'UserInitiated', 'enough', 6)
    expect(deeds(stepTask(told, both, 7).actions)).toEqual(['stop c1'])
    expect(deeds(stepTask(told, seen(container(0), container(1, 'exited')), 8).actions)).toEqual(['stop c0'])
  })
})

describe('a task with an interface of its own', () => {
  const task = taskWith([{}], { networkMode: 'awsvpc', interface: { subnet: 'subnet-1' } })
  const pause = { id: 'pause', isRunning: true, address: '10.0.0.2', mac: '02:42:0a:00:00:02' }

  test('is provisioned first, and deprovisioned last', () => {
    const first = stepTask(task, seen(), 5)
    expect([first.task.status, deeds(first.actions)]).toEqual(['PROVISIONING', ['provision']])
    const then = stepTask(first.task, { ...seen(), pause }, 6)
    expect(then.task).toMatchObject({
      status: 'PENDING',
      interface: { subnet: 'subnet-1', address: '10.0.0.2' },
    })
    const running = stepTask(then.task, { ...seen(container(0)), pause }, 7).task
    const last = stepTask(stopping(running, 'UserInitiated', '', 8), { ...seen(), pause }, 9)
    expect([last.task.status, deeds(last.actions)]).toEqual(['DEPROVISIONING', ['release']])
    expect(stepTask(last.task, seen(), 10).task.status).toBe('STOPPED')
  })

  test('stops when it is lost', () => {
    const running = stepTask(task, { ...seen(container(0)), pause }, 7).task
    const { task: stopped } = stepTask(running, seen(container(0)), 8)
    expect(stopped).toMatchObject({ stopCode: 'EssentialContainerExited', isLost: true })
    const ended = { ...pause, isRunning: false, endedAt: 8 }
    const { task: byItself } = stepTask(running, { ...seen(container(0)), pause: ended }, 9)
    expect(byItself).toMatchObject({ stopCode: 'EssentialContainerExited' })
    expect(byItself).not.toHaveProperty('isLost')
  })
})

test.each([
  [['HEALTHY', 'HEALTHY'], 'HEALTHY'],
  [['HEALTHY', undefined], 'UNKNOWN'],
  [['UNHEALTHY', 'UNKNOWN'], 'UNHEALTHY'],
] as const)('a task with containers %j is %s', (each, health) => {
  const healthCheck = { command: ['CMD', 'true'] }
  const task = taskWith([...each.map(() => ({ healthCheck })), {}])
  const containers = each.map((one, index) => container(index, 'running', one && { health: one }))
  expect(taskHealth(stepTask(task, seen(...containers), 5).task)).toBe(health)
})

test('whatever becomes of its containers, a task that is told to stop leaves none behind', () => {
  const fates = fc.array(fc.constantFrom('nothing', 'exit', 'vanish', 'stop'), { maxLength: 12 })
  const ordered = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 })
  const shape = fc.record({ interface: fc.boolean(), hasVolumes: fc.boolean() })
  fc.assert(
    fc.property(ordered, fates, shape, (chained, events, { interface: isVpc, hasVolumes }) => {
      let task = chainOf(chained, isVpc)
      let engine: Engine = { containers: new Map(), hasPause: false, hasVolumes }
      const turn = (at: number) => {
        const step = stepTask(task, viewOf(engine), at)
        expect(step.task.version === task.version).toBe(JSON.stringify(step.task) === JSON.stringify(task))
        task = step.task
        for (const action of step.actions) engine = done(engine, action)
      }
      events.forEach((event, at) => {
        const first = [...engine.containers.values()][0]
        if (event === 'exit' && first) engine = withContainer(engine, { ...first, state: 'exited' })
        if (event === 'vanish' && first)
          engine = { ...engine, containers: new Map([...engine.containers].slice(1)) }
        if (event === 'stop') task = stopping(task, 'UserInitiated', 'enough', at)
        turn(at)
      })
      task = stopping(task, 'UserInitiated', 'enough', 100)
      for (let at = 100; at < 110; at += 1) turn(at)
      expect(task.status).toBe('STOPPED')
      expect([engine.containers.size, engine.hasPause, engine.hasVolumes]).toEqual([0, false, false])
    }),
  )
})

/** Containers of which each is started after the one before where its member is true. */
function chainOf(chained: readonly boolean[], isVpc: boolean): Task {
  const definitions = [{}, ...chained.map((isAfter, index) => (isAfter ? afterStartOf(index) : {}))]
  return taskWith(definitions, isVpc ? { networkMode: 'awsvpc', interface: { subnet: 'subnet-1' } } : {})
}

function afterStartOf(index: number): ContainerDefinition {
  return { dependsOn: [{ containerName: `c${index}`, condition: 'START' }] }
}

interface Engine {
  readonly containers: ReadonlyMap<string, SeenContainer>
  readonly hasPause: boolean
  readonly hasVolumes: boolean
}

function viewOf({ containers, hasPause, hasVolumes }: Engine): SeenTask {
  const pause = { id: 'pause', isRunning: true }
  const facts = { containers: [...containers.values()], hasVolumes, isBusy: false, engineUpSince: 1 }
  return { ...facts, ...(hasPause && { pause }) }
}

function withContainer(engine: Engine, changed: SeenContainer): Engine {
  return { ...engine, containers: new Map(engine.containers).set(changed.name, changed) }
}

/** An engine that does as it is told. */
function done(engine: Engine, action: TaskAction): Engine {
  if (action.do === 'provision') return { ...engine, hasPause: true }
  if (action.do === 'release') return { ...engine, hasPause: false, hasVolumes: false }
  const { name } = action.container.definition
  const known = engine.containers.get(name) ?? container(0, 'running', { name, id: name })
  if (action.do === 'start') return withContainer(engine, { ...known, state: 'running' })
  if (action.do === 'stop') return withContainer(engine, { ...known, state: 'exited' })
  const left = [...engine.containers].filter(([other]) => other !== name)
  return { ...engine, containers: new Map(left) }
}
