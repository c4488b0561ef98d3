import type { ContainerInstance } from '../core/ecs/container-instance.ts'
import type { EngineImage } from '../core/ecs/images/pulled-reference.ts'
import type { SeenTask } from '../core/ecs/running/seen-task.ts'
import type { Task, TaskContainer, TaskKey } from '../core/ecs/task.ts'
import type { ExecutedCommand } from './exec-command.ts'

/** An image as the engine is to pull it, and with whose password. */
export interface ImageToPull {
  /** The name by which the engine finds it; by digest where that is known. */
  readonly name: string
  readonly digest?: string
  readonly login?: { readonly username: string; readonly password: string; readonly host: string }
}

/** An image that the engine has, and when it was asked for it and had it: milliseconds since 1970. */
export interface PulledImage {
  readonly name: string
  readonly digest?: string | undefined
  readonly pullStartedAt: number
  readonly pullStoppedAt: number
}

/** A variable of a container's environment. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/** What a container gets beyond its definition. */
export interface Extras {
  /** Set unless its definition sets them. */
  readonly defaults: readonly Variable[]
  /** Set whatever its definition says. */
  readonly fixed: readonly Variable[]
}

/** Something that the engine has of a task of this Berth's. */
export interface OwnedThing {
  readonly kind: 'container' | 'volume'
  readonly id: string
  readonly task: TaskKey
}

/** A line that a container has said, and when: RFC 3339 in UTC with as many digits of a second as the engine tells, so that texts compare as times. */
export interface LogLine {
  readonly at: string
  readonly message: string
}

/** Which lines of a container are wanted. */
export interface LogQuery {
  /** Those that came later. */
  readonly after?: string | undefined
  /** Whether the container has a terminal. */
  readonly isRaw: boolean
  /** Whether the container has ended: only then nothing can follow what it has said last, with or without the end of a line. */
  readonly hasEnded: boolean
  readonly signal: AbortSignal
}

/** Whom an engine tells. */
export interface WatchHooks {
  /**
   * From now on nothing is missed.
   *
   * @param upSince a time since when the engine has run without a break, by its own clock in milliseconds since 1970
   */
  onOpen(upSince: number): void
  onChange(task: TaskKey): void
  /** Somebody shows a claim to some mark. */
  onClaim(): void
}

/**
 * Where containers run. Each of these bears being asked twice, and touches nothing but what this Berth has made there. All may
 * throw EngineUnreachableError.
 */
export interface Engine {
  /** All that is the task's. */
  look(task: Task): Promise<Omit<SeenTask, 'isBusy' | 'engineUpSince'>>
  /** Makes and starts what the containers of a task share. @throws ContainerError ResourceInitializationError */
  provision(task: Task): Promise<void>
  /** Resolves to the digest of what was pulled, if its registry has told one. @throws ContainerError CannotPullContainerError */
  pull(image: ImageToPull, task: Task, signal: AbortSignal): Promise<string | undefined>
  /** All images that have a name. */
  images(): Promise<readonly EngineImage[]>
  /** The ids of images that containers are made of: anybody's, and those that have ended as well. */
  imagesInUse(): Promise<ReadonlySet<string>>
  /** Takes a name from an image, and removes the image with its last name. Resolves to whether that name is gone: a container may need it. */
  removeImage(reference: string): Promise<boolean>
  /**
   * Makes a container if it isn't there, and starts it.
   *
   * @throws ImageGoneError, ContainerError CannotCreateContainerError, CannotStartContainerError
   */
  start(task: Task, container: TaskContainer, image: PulledImage, extras: Extras): Promise<void>
  /** Starts a container again that has ended. @throws ContainerError CannotStartContainerError */
  restart(id: string): Promise<void>
  /** Ends a container of a task: its stop signal first, and after its `stopTimeout` for good. Resolves when it has ended. */
  stop(id: string, container: TaskContainer): Promise<void>
  remove(id: string): Promise<void>
  /** Removes what the containers of a task shared, and the volumes that go with it. */
  release(task: Task): Promise<void>
  /** Runs a command with a terminal in a container. @throws the engine's error when it can't, or the container isn't this Berth's */
  exec(id: string, command: readonly string[]): Promise<ExecutedCommand>
  /** The machine that it is. */
  describe(): Promise<ContainerInstance>
  /** How much of the machine a container uses, in the engine's own words; undefined for one that isn't there, or isn't this Berth's. */
  stats(id: string): Promise<unknown>
  /** Everything that this Berth has made there for its tasks. */
  owned(): Promise<readonly OwnedThing[]>
  removeOwned(thing: OwnedThing): Promise<void>
  /** What a container has said and says, until it ends; its last lines may be missing, unless it had ended before. Of one that is gone nothing. */
  logs(id: string, query: LogQuery): AsyncIterable<LogLine>
  /** Tells of each task whose containers change, until the engine goes away or the signal ends it. */
  watch(hooks: WatchHooks, signal: AbortSignal): Promise<void>
}

type ContainerErrorKind =
  | 'CannotPullContainerError'
  | 'CannotPullECRContainerError'
  | 'CannotCreateContainerError'
  | 'CannotStartContainerError'
  | 'ResourceInitializationError'

/** What an engine couldn't do, with the name that ECS has for it. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError'
  readonly kind: ContainerErrorKind
  constructor(kind: ContainerErrorKind, detail: string) {
    super(`${kind}: ${detail}`)
    this.kind = kind
  }
}

/** What the engine's machine keeps from every task, whatever it runs: it is its operator's to put right. */
export class MachineError extends ContainerError {
  readonly detail: string
  constructor(detail: string) {
    super('ResourceInitializationError', detail)
    this.detail = detail
  }
}

/** Somebody has removed an image between its pull and the container that was to be made of it. */
export class ImageGoneError extends ContainerError {
  constructor(detail: string) {
    super('CannotCreateContainerError', detail)
  }
}

/** There is no engine where one is looked for, or it doesn't answer, or no longer. */
export class EngineUnreachableError extends Error {
  override readonly name = 'EngineUnreachableError'
  constructor(place: string, options: { readonly cause: unknown }) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause)
    super(
      `No Docker Engine answers at ${place} (${why}). Start one, or name its socket with --docker-socket or its address with DOCKER_HOST, and see that Berth may use it.`,
      options,
    )
  }
}
