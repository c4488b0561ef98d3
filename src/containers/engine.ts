import type { SeenContainer } from '../core/ecs/step-task.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'

/** An image as the engine is to pull it, and with whose password. */
export interface ImageToPull {
  /** The name by which the engine finds it; by digest where that is known. */
  readonly name: string
  readonly digest?: string
  readonly login?: { readonly username: string; readonly password: string; readonly host: string }
}

/** Where containers run. Each of these bears being asked twice, and touches nothing but the task's own containers. */
export interface Engine {
  /** The containers that carry the task's ARN. @throws EngineUnreachableError */
  look(task: Task): Promise<readonly SeenContainer[]>
  /** @throws ContainerError CannotPullContainerError */
  pull(image: ImageToPull): Promise<void>
  /** Makes a container if it isn't there, and starts it. @throws ContainerError CannotCreateContainerError, CannotStartContainerError */
  start(task: Task, container: TaskContainer, image: ImageToPull): Promise<void>
  /** Ends a container of a task: its stop signal first, and after its `stopTimeout` for good. */
  stop(id: string, container: TaskContainer): Promise<void>
  remove(id: string): Promise<void>
}

/** What an engine couldn't do, with the name that ECS has for it. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError'
  constructor(
    kind: 'CannotPullContainerError' | 'CannotCreateContainerError' | 'CannotStartContainerError',
    detail: string,
  ) {
    super(`${kind}: ${detail}`)
  }
}

/** There is no engine where one is looked for, or it doesn't answer. */
export class EngineUnreachableError extends Error {
  override readonly name = 'EngineUnreachableError'
  constructor(socket: string, options?: ErrorOptions) {
    super(
      `No Docker Engine answers at ${socket}. Start one, or name its socket with --docker-socket, and see that Berth may use it.`,
      options,
    )
  }
}
