import { type TaskKey, taskArn } from '../core/ecs/task.ts'
import { awaitLooks } from './await-looks.ts'
import { DockerError } from './docker-client.ts'
import { EngineUnreachableError, type OwnedThing } from './engine.ts'
import type { OwnMark } from './own-mark.ts'
import type { TaskWork } from './task-work.ts'

const second = 1000
/** What nobody wants any more is looked for again after this long. */
const sweepEvery = 600 * second

interface WatchWork extends Pick<TaskWork, 'engine' | 'registry' | 'errands' | 'ring' | 'onError'> {
  readonly mark: Pick<OwnMark, 'renew' | 'answer'>
  /** What is told of tasks is what the engine shows: all have been looked at. */
  readonly onTakenUp: () => void
}

/**
 * Follows what happens on the engine and has each task looked at that it happens to, for as long as this isn't disposed of. When the
 * engine comes back, or Berth does, everything of Berth's there is gone through: what runs is taken up, and what no task wants is removed.
 */
export class EngineWatch implements AsyncDisposable {
  readonly #work: WatchWork
  readonly #stop = new AbortController()
  #loop: Promise<void> | undefined
  #isOpen = false
  #isTakenUp = false
  #upSince: number | undefined

  constructor(work: WatchWork) {
    this.#work = work
  }

  /** Whether the engine tells what happens. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /**
   * Since when the engine has surely run without a break, by its own clock in milliseconds since 1970; unknown while it doesn't answer. Of an
   * engine that lets nobody watch it is taken to have always run.
   */
  get engineUpSince(): number | undefined {
    return this.#upSince
  }

  start(): void {
    this.#loop ??= this.#follow()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop
    const sweeping = setInterval(() => this.#isOpen && void this.#sweep(), sweepEvery)
    while (!signal.aborted) {
      const end = await this.#work.engine.watch(this.#hooks, signal).catch((error: unknown) => error)
      const isRefused = mayNotWatch(end)
      if (isUnforeseen(end) && !signal.aborted) this.#work.onError(end)
      this.#isOpen = false
      this.#upSince = isRefused ? 0 : undefined
      if (isRefused && !this.#isTakenUp) await this.#takeUp()
      await pause(second, signal)
    }
    clearInterval(sweeping)
  }

  get #hooks() {
    return {
      onOpen: (upSince: number) => {
        this.#isOpen = true
        this.#upSince = upSince
        void this.#takeUp()
      },
      onChange: (task: TaskKey) => this.#work.ring(task),
      onClaim: () => this.#work.mark.answer(),
    }
  }

  /** Has all tasks looked at: those whose containers are gone, too, which nothing on the engine tells of. */
  async #takeUp(): Promise<void> {
    const { mark, registry, ring, onTakenUp } = this.#work
    await this.#trying(async () => {
      await mark.renew()
      mark.answer()
      const tasks = await registry.metadata.tasks.remaining()
      for (const task of tasks) ring(task)
      const sweeping = this.#sweep()
      await awaitLooks(this.#work, tasks, this.#stop.signal)
      this.#isTakenUp = true
      onTakenUp()
      await sweeping
    })
  }

  #sweep(): Promise<void> {
    return this.#trying(async () => {
      for (const thing of await this.#work.engine.owned()) await this.#lookAt(thing)
    })
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#work.onError(error)
    }
  }

  async #lookAt(thing: OwnedThing): Promise<void> {
    const { engine, errands, registry, ring } = this.#work
    const task = await registry.metadata.tasks.find(thing.task)
    if (task !== undefined && task.status !== 'STOPPED') ring(thing.task)
    else if (!errands.isAny(taskArn(thing.task))) await engine.removeOwned(thing)
  }
}

/** Whether what stands before an engine keeps from Berth what happens there. */
function mayNotWatch(error: unknown): boolean {
  return error instanceof DockerError && error.status >= 400 && error.status < 500
}

/** An engine that isn't there is what the tasks tell of. */
function isUnforeseen(end: unknown): boolean {
  return end !== undefined && !(end instanceof EngineUnreachableError || end instanceof DockerError)
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
