import { CompiledQuery, type Driver } from 'kysely'
import type { WriterConnection } from './writer-connection.ts'

/** Hands the one writing connection to one user at a time, in the order they asked. */
export class WriterDriver implements Driver {
  readonly #connection: WriterConnection
  #lastInLine: Promise<void> = Promise.resolve()
  #release: () => void = () => {}

  constructor(connection: WriterConnection) {
    this.#connection = connection
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<WriterConnection> {
    const turn = Promise.withResolvers<void>()
    const before = this.#lastInLine
    this.#lastInLine = turn.promise
    await before
    this.#release = turn.resolve
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#release()
  }

  /** Immediate: a transaction that turned into a writer halfway could be refused halfway. */
  async beginTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection.rollback()
  }

  /** Waits for those in line before. */
  async destroy(): Promise<void> {
    await this.acquireConnection()
    await this.#connection.close()
  }
}
