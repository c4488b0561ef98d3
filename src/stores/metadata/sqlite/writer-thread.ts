import { parentPort, workerData } from 'node:worker_threads'
import { Checkpoints } from './checkpoints.ts'
import { SqliteDatabase, type SqliteResult } from './sqlite-database.ts'
import { sqliteCodeOf } from './sqlite-error.ts'
import type { CheckpointFailure, WriterReply, WriterRequest } from './writer-messages.ts'

// The thread that holds the writing connection: a commit waits for the disk, and everything else must not.
const database = SqliteDatabase.openForWriting(workerData)
const checkpoints = new Checkpoints(database)

parentPort?.on('message', (request: WriterRequest) => {
  const answer = reply(request)
  parentPort?.postMessage(answer)
  if (request.kind === 'close') parentPort?.close()
  // Answered first: only the next in line waits for it.
  if (request.kind === 'query' && request.sql === 'commit' && answer.kind === 'done') checkpoint()
})

function checkpoint(): void {
  try {
    checkpoints.committed()
  } catch (error) {
    const failure = {
      kind: 'checkpoint failed',
      message: String(error),
      errcode: sqliteCodeOf(error),
    } as const
    parentPort?.postMessage(failure satisfies CheckpointFailure)
  }
}

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
