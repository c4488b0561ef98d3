import { parseAccountId } from '../../../names/account-id.ts'
import { digestOf } from '../../../names/digest.ts'
import { parseRegion } from '../../../names/region.ts'
import { beginDeployment } from '../begin-deployment.ts'
import { type DeployedRevision, newDeployment } from '../deployment.ts'
import { primaryOf, type Service } from '../service.ts'
import type { ServiceTask } from '../service-task.ts'
import { type ServiceStep, stepService } from '../step-service.ts'
import type { SchedulerSurroundings } from '../turn.ts'

const cluster = {
  account: parseAccountId('111122223333'),
  region: parseRegion('us-east-1'),
  name: 'default',
}

const digest = digestOf('sha256', 'a'.repeat(64))

/** Of an image by its digest, unless it is told a tag. */
function revisionOf(revision: number, image = `web@${digest}`): DeployedRevision {
  return { family: 'web', revision, content: { containerDefinitions: [{ name: 'web', image }] } }
}

/** A service `web` that has just been made. */
export function newService(facts: Partial<Service> = {}): Service {
  return {
    cluster,
    name: 'web',
    status: 'ACTIVE',
    schedulingStrategy: 'REPLICA',
    desiredCount: 2,
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      circuitBreaker: { enable: false, rollback: false },
    },
    deployments: [newDeployment(revisionOf(1), '1'.padStart(32, '0'), 0)],
    createdBy: 'arn:aws:iam::111122223333:root',
    createdAt: 0,
    ...facts,
  }
}

/** How long a task without health checks must run to count as healthy, in milliseconds. */
export const settleTime = 2000

/** What becomes of the tasks of a revision: they come up, never start, end soon, or run and fail their health checks. */
export type Quality = 'good' | 'broken' | 'brief' | 'sick'

/** A service with tasks that do as they are told, in a time of its own. */
export class ScheduledWorld {
  service: Service
  at = 0
  places = Number.POSITIVE_INFINITY
  /** Nothing has a place there then. */
  isDraining = false
  readonly tasks = new Map<string, ServiceTask>()
  /** All that was said. */
  readonly messages: string[] = []
  readonly events: unknown[] = []
  readonly #qualities = new Map<number, Quality>([[1, 'good']])
  readonly #revisions = new Map<string, number>()
  #lastId = 1

  constructor(service: Service) {
    this.service = service
  }

  /** Has the scheduler look once, and does what it says. */
  step(): ServiceStep {
    const step = stepService(this.service, [...this.tasks.values()], this.#surroundings())
    this.service = step.service
    for (const { id, deployment } of step.starts) {
      this.tasks.set(id, { id, phase: 'pending', health: 'none', endedByItself: false })
      this.#revisions.set(id, deployment.revision)
    }
    for (const { id } of step.stops) this.change(id, { phase: 'stopping' })
    for (const { message, occurrence } of step.notices) {
      if (message !== undefined) this.messages.push(message)
      if (occurrence !== undefined) this.events.push(occurrence.detail.eventName)
    }
    return step
  }

  /** Lets time pass, in which tasks go on to what becomes of them. */
  pass(milliseconds = 1000): void {
    this.at += milliseconds
    for (const { id, phase } of [...this.tasks.values()]) {
      if (phase === 'stopping') this.change(id, { phase: 'gone' })
      else if (phase === 'gone') this.tasks.delete(id)
      else this.#goOn(id)
    }
  }

  /** Passes time and steps until there is nothing to do but wait for hours; answers how many steps that took. */
  settle(most = 400): number {
    for (let count = 0; count < most; count += 1) {
      const { starts, stops } = this.step()
      const isBusy = [...this.tasks.values()].some(({ phase }) => phase !== 'running')
      if (starts.length + stops.length === 0 && !isBusy && this.service.steadyAt !== undefined) return count
      this.pass()
    }
    return most
  }

  deploy(quality: Quality, image?: string): void {
    const revision = this.#qualities.size + 1
    this.#qualities.set(revision, quality)
    this.service = beginDeployment(this.service, revisionOf(revision, image), {
      uuid: this.#id(),
      at: this.at,
    })
  }

  change(id: string, facts: Partial<ServiceTask>): void {
    const task = this.tasks.get(id)
    if (task !== undefined) this.tasks.set(id, { ...task, ...facts })
  }

  /** The tasks that run, by the revision they run. */
  running(): readonly { readonly task: ServiceTask; readonly revision: number }[] {
    return [...this.tasks.values()]
      .filter(({ phase }) => phase === 'running')
      .map((task) => ({ task, revision: this.#revisions.get(task.id) ?? 0 }))
  }

  /** Tasks that are there and to stay. */
  live(): readonly ServiceTask[] {
    return [...this.tasks.values()].filter(({ phase }) => phase === 'pending' || phase === 'running')
  }

  qualityOf(revision = primaryOf(this.service).revision): Quality | undefined {
    return this.#qualities.get(revision)
  }

  #goOn(id: string): void {
    const quality = this.qualityOf(this.#revisions.get(id))
    const hasStarted = this.tasks.get(id)?.startedAt !== undefined
    if (quality === 'broken' || (quality === 'brief' && hasStarted))
      this.change(id, { phase: 'gone', endedByItself: true })
    else {
      const startedAt = this.tasks.get(id)?.startedAt ?? this.at
      this.change(id, { phase: 'running', startedAt, health: quality === 'sick' ? 'unhealthy' : 'none' })
    }
  }

  #surroundings(): SchedulerSurroundings {
    return {
      at: this.at,
      settleTime,
      isDraining: this.isDraining,
      newTaskId: () => this.#id(),
      place: (_deployment, count) => {
        const fits = Math.max(0, Math.min(count, this.isDraining ? 0 : this.places - this.live().length))
        const text = 'Reason: No Container Instances were found in your cluster.'
        return { fits, ...(fits < count && { obstacle: { text } }) }
      },
    }
  }

  #id(): string {
    this.#lastId += 1
    return this.#lastId.toString(16).padStart(32, '0')
  }
}
