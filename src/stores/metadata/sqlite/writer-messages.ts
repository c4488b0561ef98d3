import type { SqliteResult } from './sqlite-database.ts'

/** What the writer's thread is asked, one at a time and answered in the same order. */
export type WriterRequest =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'rollback' }
  /** The last request: the thread ends after its reply. */
  | { readonly kind: 'close' }

export type WriterReply =
  | { readonly kind: 'done'; readonly result: SqliteResult<unknown> }
  | { readonly kind: 'failed'; readonly message: string; readonly errcode: number | undefined }
