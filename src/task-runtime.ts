import type { Authoriser } from './access/authoriser.ts'
import type { Config } from './config/config.ts'
import type { Secrets } from './config/secrets.ts'
import { type TaskKey, taskJob } from './core/ecs/task.ts'
import { FirstLook } from './first-look.ts'
import type { Log } from './observability/log.ts'
import type { OpenTasks } from './open-tasks.ts'
import { OpenedOnce } from './opened-once.ts'
import type { Listener } from './protocols/http/listen.ts'
import type { Registry } from './registry/registry.ts'
import type { JobName } from './stores/metadata/jobs.ts'

/** What tasks of ECS are run by: the server around them. */
export interface TaskSurroundings {
  readonly config: Config
  readonly secrets: Secrets
  readonly registry: Registry
  readonly authoriser: Authoriser
  /** Known once something listens. */
  readonly registryHost: Promise<string>
  readonly runSoon: (job: JobName) => Promise<void>
  /** Answers tasks, too, at an address of theirs. */
  readonly listen: (address: { readonly host: string; readonly port: number }) => Promise<Listener>
  readonly log: Log
  readonly onError: (error: unknown) => void
}

/** The Docker Engine's side of Berth, loaded with the first task and closed with this. */
export class TaskRuntime implements AsyncDisposable {
  /** At the tasks that were there before. */
  readonly firstLook = new FirstLook()
  readonly #surroundings: TaskSurroundings
  readonly #listeners = new AsyncDisposableStack()
  readonly #tasks = new OpenedOnce(() => this.#open())

  constructor(surroundings: TaskSurroundings) {
    this.#surroundings = surroundings
  }

  /** Goes on with the tasks that are there. */
  takeUp(): void {
    this.firstLook.begin()
    this.get().catch(this.#surroundings.onError)
  }

  /** The same each time. */
  get(): Promise<OpenTasks> {
    return this.#tasks.get()
  }

  async #open(): Promise<OpenTasks> {
    const { openTasks } = await import('./open-tasks.ts')
    const { registryHost, listen, onError } = this.#surroundings
    return openTasks({
      ...this.#surroundings,
      registryHost: await registryHost,
      onTakenUp: () => this.firstLook.end(),
      ring: (key, inMs = 0) => void this.#ring(key, inMs).catch(onError),
      listen: async (host, port) => {
        const listener = await listen({ host, port })
        this.#listeners.defer(() => listener.close(0))
      },
    })
  }

  async #ring(key: TaskKey, inMs: number): Promise<void> {
    const { registry, runSoon } = this.#surroundings
    if (inMs === 0) return runSoon(taskJob(key))
    const at = new Date(registry.now().getTime() + inMs)
    await registry.metadata.write((tx) => tx.jobs.add(taskJob(key), at))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tasks[Symbol.asyncDispose]()
    await this.#listeners.disposeAsync()
  }
}
