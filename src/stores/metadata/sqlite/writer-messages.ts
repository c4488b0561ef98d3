import type { SqliteResult } from './sqlite-database.ts'

/** What the writer's thread is asked, one at a time and answered in the same order. */
export type WriterRequest =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'rollback' }
  /** The last request: the thread ends after its reply. */
  | { readonly kind: 'close' }

export type WriterReply =
  | { readonly kind: 'done'; readonly result: SqliteResult<unknown> }
  | Failure<'failed'>

/** What the thread says without being asked: the log could not be emptied. */
export type CheckpointFailure = Failure<'checkpoint failed'>

interface Failure<Kind> {
  readonly kind: Kind
  readonly message: string
  readonly errcode: number | undefined
}
