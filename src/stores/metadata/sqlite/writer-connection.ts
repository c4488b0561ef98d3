import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { isSyncFailure, SqliteError } from './sqlite-error.ts'
import type { CheckpointFailure, WriterReply, WriterRequest } from './writer-messages.ts'

/** The thread's code has the ending of this file: `.ts` in the source, `.mjs` once built. */
const threadFile = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * The writing connection, in a thread of its own. Requests are answered in the order they are made. When the disk could not keep what
 * it was given nothing is answered any more.
 */
export class WriterConnection implements DatabaseConnection {
  readonly #thread: Worker
  readonly #waiting: PromiseWithResolvers<WriterReply>[] = []
  readonly #ended: Promise<void>
  #failure: Error | undefined
  readonly #onSyncFailed: (error: Error) => void

  constructor(file: string, onSyncFailed: (error: Error) => void) {
    this.#onSyncFailed = onSyncFailed
    this.#thread = new Worker(threadFile, { workerData: file })
    this.#thread.on('message', (message: WriterReply | CheckpointFailure) => this.#receive(message))
    this.#thread.on('error', (error) => this.#fail(error))
    this.#ended = new Promise((resolve) => this.#thread.on('exit', () => resolve()))
    this.#ended.then(() => this.#fail(new Error('The database is closed')))
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#ask({ kind: 'query', sql, parameters })
    // As in SqliteDatabase.query: the query's author knows its rows.
    const typed = rows as Row[]
    return changes === undefined ? { rows: typed } : { rows: typed, numAffectedRows: BigInt(changes) }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query)
  }

  async rollback(): Promise<void> {
    await this.#ask({ kind: 'rollback' })
  }

  async close(): Promise<void> {
    if (this.#failure) return
    await this.#ask({ kind: 'close' })
    await this.#ended
  }

  async #ask(request: WriterRequest) {
    if (this.#failure) throw this.#failure
    const answer = Promise.withResolvers<WriterReply>()
    this.#waiting.push(answer)
    this.#thread.postMessage(request)
    const reply = await answer.promise
    if (reply.kind === 'done') return reply.result
    throw reply.errcode === undefined
      ? new Error(reply.message)
      : new SqliteError(reply.message, reply.errcode)
  }

  #receive(message: WriterReply | CheckpointFailure): void {
    if (message.kind !== 'done' && isSyncFailure(message.errcode))
      this.#loseDisk(new SqliteError(message.message, message.errcode))
    // Else, what a checkpoint leaves in the log is safe there, and moved by a later one.
    else if (message.kind !== 'checkpoint failed') this.#waiting.shift()?.resolve(message)
  }

  #loseDisk(error: Error): void {
    this.#onSyncFailed(error)
    this.#fail(error)
  }

  #fail(error: Error) {
    this.#failure ??= error
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure)
  }
}
