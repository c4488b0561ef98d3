import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newTask } from '../new-task.ts'
import type { SeenContainer, SeenTask } from '../running/seen-task.ts'
import { stepTask, type TaskAction } from '../step-task.ts'
import type { Task } from '../task.ts'
import { strictTaskRules } from '../task-rules.ts'
import { primaryOf, type Service } from './service.ts'
import { serviceTask } from './service-task.ts'
import { stepService } from './step-service.ts'
import { newService } from './testing/scheduled-world.ts'

const second = 1000
const deploymentConfiguration = {
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  circuitBreaker: { enable: true, rollback: false },
}
const events = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('look' as const) },
    { weight: 1, arbitrary: fc.constantFrom('restart the engine', 'end the engine', 'begin the engine') },
  ),
  { maxLength: 80 },
)

test('however often its engine ends, a deployment of images that run gets there, and no start of a task waits', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 7 }), (happening, desiredCount) => {
      const world = new World(newService({ desiredCount, deploymentConfiguration }), 'good')
      for (const event of happening) {
        world.meet(event)
        const { rollout, failedTasks, strikes, startsAfter } = primaryOf(world.service)
        expect({ failedTasks, strikes, startsAfter }).toEqual({ failedTasks: 0, strikes: 0, startsAfter: 0 })
        expect(rollout).not.toBe('FAILED')
      }
      world.meet('begin the engine')
      for (let look = 0; look < 20; look += 1) world.meet('look')
      expect(primaryOf(world.service).rollout).toBe('COMPLETED')
      expect(primaryOf(world.service).tasks).toHaveLength(desiredCount)
    }),
  )
})

test('however often its engine ends, a deployment of images that end by themselves fails', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 7 }), (happening, desiredCount) => {
      const world = new World(newService({ desiredCount, deploymentConfiguration }), 'broken')
      for (const event of happening) world.meet(event)
      world.meet('begin the engine')
      for (let look = 0; look < 200; look += 1) world.meet('look')
      expect(primaryOf(world.service).rollout).toBe('FAILED')
    }),
  )
})

/** A service, its tasks, and an engine that comes and goes, with a clock of its own. */
class World {
  service: Service
  readonly #quality: 'good' | 'broken'
  readonly #tasks = new Map<string, Task>()
  readonly #containers = new Map<string, SeenContainer>()
  #at = 0
  #upSince: number | undefined = 0
  #lastId = 0

  constructor(service: Service, quality: 'good' | 'broken') {
    this.service = service
    this.#quality = quality
  }

  meet(event: string): void {
    this.#at += second
    if (event === 'end the engine' || event === 'restart the engine') this.#endEngine()
    if (event === 'begin the engine' || event === 'restart the engine') this.#upSince ??= this.#engineTime
    if (this.#quality === 'broken') this.#endContainers(3)
    // Without an engine nobody sees a container, and no task is placed.
    if (this.#upSince === undefined) return
    for (const task of [...this.#tasks.values()]) this.#lookAt(task)
    this.#schedule()
  }

  get #engineTime(): number {
    return this.#at - 100 * second
  }

  #endEngine(): void {
    if (this.#upSince === undefined) return
    this.#endContainers(137)
    this.#at += second
    this.#upSince = undefined
  }

  #endContainers(exitCode: number): void {
    if (this.#upSince === undefined) return
    for (const [id, one] of this.#containers) {
      if (one.state === 'running')
        this.#containers.set(id, { ...one, state: 'exited', exitCode, endedAt: this.#engineTime })
    }
  }

  #lookAt(task: Task): void {
    const container = this.#containers.get(task.id)
    const seen: SeenTask = {
      containers: container ? [container] : [],
      hasVolumes: false,
      isBusy: false,
      engineUpSince: this.#upSince,
    }
    const step = stepTask(task, seen, this.#at)
    this.#tasks.set(task.id, step.task)
    for (const action of step.actions) this.#act(task.id, action)
  }

  #act(id: string, action: TaskAction): void {
    if (action.do === 'start') {
      const container = { id, name: 'web', startedAt: this.#engineTime, isOutOfMemory: false, bindings: [] }
      this.#containers.set(id, { ...container, state: 'running' })
    }
    if (action.do === 'remove') this.#containers.delete(id)
  }

  #schedule(): void {
    const { service, starts } = stepService(this.service, [...this.#tasks.values()].map(serviceTask), {
      at: this.#at,
      settleTime: 2 * second,
      newTaskId: () => String(++this.#lastId).padStart(32, '0'),
      place: (_deployment, fits) => ({ fits }),
    })
    this.service = service
    for (const { id, deployment } of starts) {
      const { cluster, name } = service
      const given = { cluster, definition: deployment, id, at: new Date(this.#at), service: name }
      this.#tasks.set(id, newTask({ ...given, rules: strictTaskRules }))
    }
  }
}
