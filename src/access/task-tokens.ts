import { readTaskJob, type TaskKey, taskArn } from '../core/ecs/task.ts'
import { Seal } from './seal.ts'

/** A container of a task. */
export interface TaskContainerKey {
  readonly task: TaskKey
  readonly container: string
}

/**
 * What a container of a task shows when it asks for its credentials, or for facts about itself: which it is, sealed. Who may read the one
 * can't ask for the other. They last as long as the task.
 */
export class TaskTokens {
  readonly #seal: Seal

  constructor(key: Uint8Array, purpose: 'credentials' | 'metadata') {
    this.#seal = new Seal(key, `task ${purpose}`)
  }

  issue({ task, container }: TaskContainerKey): string {
    return this.#seal.seal([taskArn(task), container])
  }

  /** Undefined for what was not issued here. */
  read(token: string): TaskContainerKey | undefined {
    const opened = this.#seal.open(token)
    if (!Array.isArray(opened)) return undefined
    const [arn, container] = opened.map(String)
    return { task: readTaskJob(arn ?? ''), container: container ?? '' }
  }
}
