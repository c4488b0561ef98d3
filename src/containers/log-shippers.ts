import { type AwsLogs, awsLogStream, readAwsLogs } from '../core/ecs/awslogs.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { DomainError } from '../core/errors.ts'
import { appendLogEvents } from '../logs/append-log-events.ts'
import type { Logs } from '../logs/logs.ts'
import { openLogStream } from '../logs/open-log-stream.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Engine, LogLine } from './engine.ts'
import { shipLines } from './ship-lines.ts'
import { unshippedLines } from './unshipped-lines.ts'

/** Another process has put these lines. */
class AlreadyShippedError extends Error {
  override readonly name = 'AlreadyShippedError'
}

/** A container as the engine knows it. */
interface Run {
  readonly runtimeId: string
  readonly hasEnded: boolean
}

/**
 * Brings the output of containers with log driver awslogs to CloudWatch Logs while they run, each line once: how far it has come stands
 * with the task, written together with the lines.
 */
export class LogShippers implements AsyncDisposable {
  readonly #parts: {
    readonly engine: Pick<Engine, 'logs'>
    readonly registry: Logs
    readonly onError: (error: unknown) => void
  }
  readonly #running = new Map<string, Promise<void>>()
  readonly #stop = new AbortController()

  constructor(parts: {
    readonly engine: Pick<Engine, 'logs'>
    readonly registry: Logs
    readonly onError: (error: unknown) => void
  }) {
    this.#parts = parts
  }

  /**
   * Brings all that a container has said which has ended. Resolves when it is there, whoever has brought it: where another process is at
   * it, too, this one goes on behind it.
   *
   * Whoever followed the container may have missed its last lines, so they are asked for once more: a Docker Engine that has much to do
   * ends that answer with the container, whether or not all of it was told.
   *
   * @throws AbortError when Berth stops before that
   */
  async ship(task: Task, container: TaskContainer, runtimeId: string): Promise<void> {
    await Promise.allSettled([this.#running.get(runtimeId)])
    for (;;) {
      try {
        return await this.#shipOnce(task, container, { runtimeId, hasEnded: true })
      } catch (error) {
        if (!(error instanceof AlreadyShippedError)) throw error
      }
    }
  }

  /**
   * Brings what a container says from now on, unless that is under way here or in another process. What goes wrong is told, and the next
   * look begins again.
   */
  begin(task: Task, container: TaskContainer, runtimeId: string): void {
    this.#shipOnce(task, container, { runtimeId, hasEnded: false }).catch((error: unknown) => {
      if (error instanceof AlreadyShippedError || this.#stop.signal.aborted) return
      this.#parts.onError(error)
    })
  }

  async #shipOnce(task: Task, container: TaskContainer, run: Run): Promise<void> {
    const { runtimeId } = run
    const log = readAwsLogs(container.definition, task.cluster.account)
    if (log === undefined) return
    this.#stop.signal.throwIfAborted()
    const running = this.#running.get(runtimeId)
    if (running !== undefined) return running
    const shipping = this.#ship(log, task, { name: container.definition.name, ...run }).finally(() =>
      this.#running.delete(runtimeId),
    )
    this.#running.set(runtimeId, shipping)
    return shipping
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await Promise.allSettled(this.#running.values())
  }

  async #ship(log: AwsLogs, task: Task, container: Run & { readonly name: string }): Promise<void> {
    const { engine, registry } = this.#parts
    const stream = awsLogStream(log, task, container)
    const known = (await registry.metadata.tasks.find(task))?.containers.find(named(container.name))
    const failed = new AbortController()
    let position = known?.loggedUntil
    const read = (after: string | undefined) =>
      engine.logs(container.runtimeId, {
        after,
        isRaw: known?.definition.pseudoTerminal ?? false,
        hasEnded: container.hasEnded,
        signal: AbortSignal.any([failed.signal, this.#stop.signal]),
      })
    const lines = unshippedLines(registry, stream, position, read)
    const put = async (batch: readonly LogLine[]) => {
      const said = batch.filter(({ message }) => message !== '')
      // Of lines that say nothing nothing is written, and so no progress either.
      if (said.length === 0) return
      const next = [position ?? '', ...said.map(({ at }) => at)].toSorted().at(-1)
      await appendLogEvents(registry, stream, said.map(toEvent), (tx) =>
        noteProgress(tx, { task, name: container.name, from: position, to: next }),
      )
      position = next
    }
    try {
      await openLogStream(registry, stream, log.makesGroup ? 'make' : 'refuse')
      await shipLines(lines, put, () => failed.abort())
    } catch (error) {
      // A log that somebody deletes takes no more, and the task goes on.
      if (!(error instanceof DomainError)) throw error
    }
  }
}

function toEvent({ at, message }: LogLine) {
  return { timestamp: Date.parse(at), message }
}

/** Notes how far a container's output has come, unless it has come further by another process. @throws AlreadyShippedError */
async function noteProgress(
  tx: MetadataTransaction,
  progress: {
    readonly task: Task
    readonly name: string
    readonly from: string | undefined
    readonly to: string | undefined
  },
): Promise<void> {
  const { task, name, from, to: loggedUntil } = progress
  const known = await tx.tasks.lock(task)
  const container = known?.containers.find(named(name))
  if (known === undefined || container === undefined || loggedUntil === undefined) return
  if (container.loggedUntil !== from) throw new AlreadyShippedError()
  const containers = known.containers.map((one) => (one === container ? { ...one, loggedUntil } : one))
  await tx.tasks.put({ ...known, containers })
}

function named(name: string): (container: TaskContainer) => boolean {
  return ({ definition }) => definition.name === name
}
