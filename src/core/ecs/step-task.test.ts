import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { failedToStart, type SeenContainer, stepTask, stopping, type TaskAction } from './step-task.ts'
import type { Task } from './task.ts'

const cluster = {
  account: parseAccountId('111122223333'),
  region: parseRegion('us-east-1'),
  name: 'default',
}

function taskOf(...essential: boolean[]): Task {
  return {
    cluster,
    id: '0'.repeat(32),
    family: 'web',
    revision: 1,
    networkMode: 'bridge',
    containers: essential.map((isEssential, index) => ({
      definition: { name: `c${index}`, image: 'httpd', essential: isEssential },
      status: 'PENDING',
      bindings: [],
    })),
    overrides: [],
    group: 'family:web',
    desired: 'RUNNING',
    status: 'PENDING',
    version: 1,
    createdAt: 0,
  }
}

function seen(index: number, state: SeenContainer['state'] = 'running'): SeenContainer {
  const exit = state === 'exited' ? { exitCode: 3 } : {}
  return { name: `c${index}`, id: `id${index}`, state, isOutOfMemory: false, bindings: [], ...exit }
}

test('a task runs once all its containers run', () => {
  const started = stepTask(taskOf(true, false), [seen(0)], 5)
  expect(started.task.status).toBe('PENDING')
  expect(started.actions).toMatchObject([{ do: 'start', container: { definition: { name: 'c1' } } }])
  const { task, actions } = stepTask(started.task, [seen(0), seen(1)], 7)
  expect(task).toMatchObject({ status: 'RUNNING', startedAt: 7, version: 3 })
  expect(actions).toEqual([])
  expect(stepTask(task, [seen(0), seen(1)], 9).task).toEqual(task)
})

test('it stops when an essential container does, and is stopped when none is left', () => {
  const running = stepTask(taskOf(true, false), [seen(0), seen(1)], 5).task
  const down = stepTask(running, [seen(0, 'exited'), seen(1)], 6)
  expect(down.task).toMatchObject({ status: 'STOPPING', stopCode: 'EssentialContainerExited' })
  expect(down.actions).toMatchObject([{ do: 'stop', id: 'id1' }])
  const ended = stepTask(down.task, [seen(0, 'exited'), seen(1, 'exited')], 7)
  expect(ended.actions.map(({ do: what }) => what)).toEqual(['remove', 'remove'])
  const { task } = stepTask(ended.task, [], 8)
  expect(task).toMatchObject({ status: 'STOPPED', stoppedAt: 8, containers: [{ exitCode: 3 }, {}] })
})

test('a container that is not essential may end', () => {
  const running = stepTask(taskOf(true, false), [seen(0), seen(1)], 5).task
  expect(stepTask(running, [seen(0), seen(1, 'exited')], 6).task).toMatchObject({ desired: 'RUNNING' })
})

test('one that cannot be started ends the task with its reason', () => {
  const failed = failedToStart(taskOf(true), 'c0', 'CannotPullContainerError: not found', 5)
  expect(stepTask(failed, [], 6).task).toMatchObject({
    status: 'STOPPED',
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'Task failed to start',
    containers: [{ reason: 'CannotPullContainerError: not found' }],
  })
})

test('a task that may drain keeps its containers until then', () => {
  const running = stepTask(taskOf(true), [seen(0)], 5).task
  const told = { ...stopping(running, 'ServiceSchedulerInitiated', 'enough', 6), drainsUntil: 10 }
  const drains = stepTask(told, [seen(0)], 9)
  expect(drains).toMatchObject({ task: { status: 'DEACTIVATING', desired: 'STOPPED' }, actions: [] })
  const ends = stepTask(drains.task, [seen(0)], 10)
  expect(ends).toMatchObject({ task: { status: 'STOPPING' }, actions: [{ do: 'stop' }] })
})

test('whatever becomes of its containers, a task that is told to stop leaves none behind', () => {
  const fates = fc.array(fc.constantFrom('nothing', 'exit', 'vanish', 'stop'), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), fates, (others, events) => {
      let task = taskOf(true, ...others)
      let engine = new Map<string, SeenContainer>()
      const turn = (at: number) => {
        const step = stepTask(task, [...engine.values()], at)
        expect(step.task.version === task.version).toBe(step.task === task || same(step.task, task))
        task = step.task
        for (const action of step.actions) engine = done(engine, action)
      }
      events.forEach((event, at) => {
        const first = [...engine.values()][0]
        if (event === 'exit' && first) engine = new Map(engine).set(first.name, { ...first, state: 'exited' })
        if (event === 'vanish' && first) engine = new Map([...engine].slice(1))
        if (event === 'stop') task = stopping(task, 'UserInitiated', 'enough', at)
        turn(at)
      })
      task = stopping(task, 'UserInitiated', 'enough', 100)
      for (let at = 100; at < 104; at += 1) turn(at)
      expect(task.status).toBe('STOPPED')
      expect(engine.size).toBe(0)
    }),
  )
})

function same(one: Task, other: Task): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** An engine that does as it is told. */
function done(engine: ReadonlyMap<string, SeenContainer>, action: TaskAction): Map<string, SeenContainer> {
  const { name } = action.container.definition
  const next = new Map(engine)
  const known = next.get(name) ?? { ...seen(0), name, id: name }
  if (action.do === 'start') next.set(name, { ...known, state: 'running' })
  if (action.do === 'stop') next.set(name, { ...known, state: 'exited' })
  if (action.do === 'remove') next.delete(name)
  return next
}
