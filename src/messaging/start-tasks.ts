import type { RuleKey } from '../core/events/rule.ts'

/** What a rule asks of ECS. */
export interface TaskRequest {
  readonly rule: RuleKey
  /** The cluster's ARN. */
  readonly cluster: string
  /** The role by which the rule asks. */
  readonly role: string
  /** As the target has them, by EventBridge's names. */
  readonly parameters: object
  /** What the target gets of the event. */
  readonly input: string
  /** The same request again has the same. */
  readonly token: string
}

/** ECS wouldn't run a task, and won't if it is asked again; the message says why. */
export class TaskRefusedError extends Error {
  override readonly name = 'TaskRefusedError'
}

/**
 * Runs tasks for a rule; a request with the same token runs them once.
 *
 * @returns the tasks' ARNs
 * @throws TaskRefusedError
 */
export type StartTasks = (request: TaskRequest) => Promise<readonly string[]>
