import { parentPort, workerData } from 'node:worker_threads'
import { SqliteDatabase, type SqliteResult } from './sqlite-database.ts'
import { sqliteCodeOf } from './sqlite-error.ts'
import type { WriterReply, WriterRequest } from './writer-messages.ts'

// The thread that holds the writing connection: a commit waits for the disk, and everything else must not.
const database = SqliteDatabase.openForWriting(workerData)

parentPort?.on('message', (request: WriterRequest) => {
  parentPort?.postMessage(reply(request))
  if (request.kind === 'close') parentPort?.close()
})

function reply(request: WriterRequest): WriterReply {
  try {
    return { kind: 'done', result: run(request) }
  } catch (error) {
    return { kind: 'failed', message: String(error), errcode: sqliteCodeOf(error) }
  }
}

function run(request: WriterRequest): SqliteResult<unknown> {
  if (request.kind === 'query') return database.query(request.sql, request.parameters)
  if (request.kind === 'rollback') database.rollback()
  else database.close()
  return { rows: [] }
}
