import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContainerDefinition } from './container-definition.ts'
import type { SeenContainer } from './running/seen-task.ts'
import { containerMetadata } from './running/task-metadata.ts'
import { failedToRestart, stepTask, stopping } from './step-task.ts'
import type { Task } from './task.ts'
import { sampleTask } from './testing/sample-task.ts'

const restartPolicy = { enabled: true, ignoredExitCodes: [7], restartAttemptPeriod: 60 }
const period = 60_000

/** A task of one container. */
function taskWith(definition: ContainerDefinition): Task {
  const { containers, ...task } = sampleTask([undefined])
  return {
    ...task,
    containers: containers.map((one) => ({ ...one, definition: { ...one.definition, ...definition } })),
  }
}

/** The container on the engine, which has started at that time and run so long, if it has ended. */
function run(startedAt: number, lasted?: number, exitCode = 1): SeenContainer {
  const base = { name: 'c0', id: 'id', startedAt, isOutOfMemory: false, bindings: [] }
  return lasted === undefined
    ? { ...base, state: 'running' }
    : { ...base, state: 'exited', endedAt: startedAt + lasted, exitCode }
}

function look(task: Task, container: SeenContainer) {
  return stepTask(task, { containers: [container], hasVolumes: false, isBusy: false, engineUpSince: 0 }, 0)
}

function deeds({ actions }: ReturnType<typeof look>): readonly string[] {
  return actions.map((action) => action.do)
}

test('a container that ran long enough starts again, and its task does not notice', () => {
  const ended = look(taskWith({ restartPolicy }), run(1, period))
  expect(deeds(ended)).toEqual(['restart'])
  expect(ended.task).toMatchObject({
    status: 'RUNNING',
    desired: 'RUNNING',
    containers: [{ status: 'RUNNING' }],
  })
  expect(ended.task.containers[0]).not.toHaveProperty('exitCode')
  const again = look(ended.task, run(period + 1))
  expect([deeds(again), again.task.status]).toEqual([[], 'RUNNING'])
})

test.each<[string, ContainerDefinition, SeenContainer]>([
  ['ended early', { restartPolicy }, run(1, period - 1)],
  ['ended with a code that it ignores', { restartPolicy }, run(1, period, 7)],
  ['has no policy', {}, run(1, period)],
  ['has one that is off', { restartPolicy: { ...restartPolicy, enabled: false } }, run(1, period)],
  [
    'did not run for five minutes, where its policy names no time',
    { restartPolicy: { enabled: true } },
    run(1, 299_999),
  ],
])('a container that %s has ended for good, and its task with it', (_why, definition, ended) => {
  const step = look(taskWith(definition), ended)
  expect(deeds(step)).toEqual(['remove'])
  expect(step.task).toMatchObject({
    stopCode: 'EssentialContainerExited',
    containers: [{ status: 'STOPPED' }],
  })
})

test('a container of a task that is to stop does not start again', () => {
  const stopped = stopping(taskWith({ restartPolicy }), 'UserInitiated', 'enough', 5)
  expect(deeds(look(stopped, run(1, period)))).toEqual(['remove'])
})

test('one that cannot start again ends its task with the reason', () => {
  const { task } = look(taskWith({ restartPolicy }), run(1, period))
  const failed = look(
    failedToRestart(task, 'c0', 'CannotStartContainerError: no such volume'),
    run(1, period),
  )
  expect(failed.task).toMatchObject({
    stopCode: 'EssentialContainerExited',
    containers: [{ reason: 'CannotStartContainerError: no such volume' }],
  })
})

test('how it was is forgotten when a container starts again', () => {
  const healthCheck = { command: ['CMD', 'true'] }
  const ended = { ...run(1, period), health: 'UNHEALTHY' } as const
  expect(look(taskWith({ restartPolicy, healthCheck }), ended).task.containers[0]?.health).toBe('UNKNOWN')
})

test('each run that is followed by another counts once, however often it is looked at', () => {
  const runs = fc.record({
    lasted: fc.oneof(fc.nat(2 * period), fc.constantFrom(period - 1, period)),
    exitCode: fc.constantFrom(0, 1, 7, 137),
    looks: fc.integer({ min: 1, max: 3 }),
    isSeenRunning: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(runs, { maxLength: 8 }), fc.boolean(), (all, essential) => {
      let task = taskWith({ restartPolicy, essential })
      let startedAt = 1
      for (const { lasted, exitCode, looks, isSeenRunning } of all) {
        if (isSeenRunning) task = look(task, run(startedAt)).task
        for (let count = 0; count < looks; count += 1)
          task = look(task, run(startedAt, lasted, exitCode)).task
        startedAt += lasted + 1
      }
      const last = all.findIndex(({ lasted, exitCode }) => lasted < period || exitCode === 7)
      const [container] = task.containers
      expect(container?.restarts?.count ?? 0).toBe(last === -1 ? all.length : last)
      expect(container?.status).toBe(last === -1 ? 'RUNNING' : 'STOPPED')
      expect(task.desired).toBe(last === -1 || !essential ? 'RUNNING' : 'STOPPED')
      expect(container && containerMetadata(task, container)).toMatchObject({
        RestartCount: last === -1 ? all.length : last,
      })
    }),
  )
})
