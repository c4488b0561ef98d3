import { DomainError } from '../core/errors.ts'
import { logStreamArn } from '../core/log-events/log-group.ts'
import { appendLogEvents } from '../logs/append-log-events.ts'
import { openLogStream } from '../logs/open-log-stream.ts'
import { ContainerError } from './engine.ts'
import type { ExecLog } from './exec-log.ts'
import { denialOf } from './open-log.ts'
import type { TaskWork } from './task-work.ts'

export type PutLines = (lines: readonly string[]) => Promise<void>

/**
 * Has a stream of the session's name be there for what a command says. Resolves to what puts that there.
 *
 * @throws ContainerError ResourceInitializationError when the log group isn't there, or may not be written to
 */
export async function openExecLog(
  work: Pick<TaskWork, 'registry' | 'authoriser'>,
  { group, who }: ExecLog,
  session: string,
): Promise<PutLines> {
  const stream = { group, name: session }
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents']
  const denial = await denialOf(work, who, actions, logStreamArn(group, session))
  if (denial !== undefined) throw cannotKeep(denial)
  try {
    await openLogStream(work.registry, stream)
  } catch (error) {
    if (error instanceof DomainError) throw cannotKeep(error.message)
    throw error
  }
  return (lines) => {
    const timestamp = work.registry.now().getTime()
    return appendLogEvents(
      work.registry,
      stream,
      lines.map((message) => ({ timestamp, message })),
    )
  }
}

function cannotKeep(why: string): ContainerError {
  return new ContainerError(
    'ResourceInitializationError',
    `The output of the command can't be logged as its cluster is configured: ${why}`,
  )
}
