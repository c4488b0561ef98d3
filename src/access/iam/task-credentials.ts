import { LRUCache } from 'lru-cache'
import { type Task, type TaskKey, taskArn } from '../../core/ecs/task.ts'
import { sessionArn } from '../../core/iam/entity.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { beginSession, type TemporaryCredentials } from './begin-session.ts'
import type { Iam } from './iam.ts'
import { findTaskRole, taskRoleArn } from './task-roles.ts'

const hour = 60 * 60
/** Seconds that credentials are good for, and how many they must have left to be given again: clients renew them sooner than that. */
const lifetime = 6 * hour
const leastLeft = hour
const tasksKept = 10_000

/** Credentials of a task's role. */
export interface TaskCredentials extends TemporaryCredentials {
  readonly roleArn: string
}

/** Gives tasks the credentials of their roles, the same ones to all who ask for a task until they are about to end. */
export class TaskRoleSessions {
  readonly #iam: Iam
  readonly #given = new LRUCache<string, Promise<TaskCredentials | undefined>>({ max: tasksKept })

  constructor(iam: Iam) {
    this.#iam = iam
  }

  /** Undefined for a task that has stopped or has no role, or whose role is gone or doesn't trust tasks any more. */
  async credentialsOf(key: TaskKey): Promise<TaskCredentials | undefined> {
    const { metadata, now } = this.#iam
    const task = await metadata.tasks.find(key)
    if (task === undefined || task.status === 'STOPPED' || task.taskRoleArn === undefined) return undefined
    const arn = taskArn(key)
    const given = await this.#given.get(arn)
    if (given && given.expiresAt.getTime() - now().getTime() > leastLeft * 1000) return given
    const begun = this.#begin(metadata, task, task.taskRoleArn)
    this.#given.set(arn, begun)
    begun.catch(() => this.#given.delete(arn))
    return begun
  }

  async #begin(
    metadata: Pick<MetadataReader, 'iam'>,
    { cluster, id }: Task,
    reference: string,
  ): Promise<TaskCredentials | undefined> {
    const role = await findTaskRole(metadata, cluster, reference)
    if (role === undefined) return undefined
    const session = { arn: sessionArn(role, id), userId: `${role.id}:${id}`, policies: [] }
    const credentials = await beginSession(this.#iam, role, { session, seconds: lifetime })
    return { ...credentials, roleArn: taskRoleArn(reference, cluster.account) }
  }
}
