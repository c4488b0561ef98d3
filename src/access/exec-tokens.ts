import { readTaskJob, type TaskKey, taskArn } from '../core/ecs/task.ts'
import { Seal } from './seal.ts'

/** A command that somebody may run in a container of a task. */
export interface ExecGrant {
  /** Of the session: it begins once. */
  readonly id: string
  readonly task: TaskKey
  readonly container: string
  readonly command: string
}

/** Milliseconds within which a session must begin. */
const validFor = 60_000

/** What whoever asked for ExecuteCommand shows when the session begins: what was allowed, sealed. */
export class ExecTokens {
  readonly #seal: Seal
  readonly #now: () => Date

  constructor(key: Uint8Array, now: () => Date) {
    this.#seal = new Seal(key, 'exec session')
    this.#now = now
  }

  issue({ id, task, container, command }: ExecGrant): string {
    return this.#seal.seal([id, taskArn(task), container, command, this.#now().getTime() + validFor])
  }

  /** Undefined for what was not issued here, or not within the last minute. */
  read(token: string): ExecGrant | undefined {
    const opened = this.#seal.open(token)
    if (!Array.isArray(opened)) return undefined
    const [id = '', arn = '', container = '', command = ''] = opened.slice(0, 4).map(String)
    if (Number(opened[4]) < this.#now().getTime()) return undefined
    return { id, task: readTaskJob(arn), container, command }
  }
}
